"use client";

// Callback URL of a connection, which follows the name while the user types it.
import { useState } from "react";
import { CopyButton } from "@/app/_ui/copy-button";
import { FormField } from "@/app/_ui/form-field";

type CallbackUrlProps = { url: string };

export function CallbackUrl({ url }: CallbackUrlProps) {
  return (
    <div className="min-w-0 text-sm">
      <p className="mb-1.5 font-medium">Callback URL</p>
      <div className="flex items-start justify-between gap-2 rounded-md border border-line bg-surface-sunken py-0.5 pr-1 pl-3">
        <code className="min-w-0 py-2 font-mono text-xs break-all">{url}</code>
        <CopyButton text={url} what="Callback URL" compact />
      </div>
    </div>
  );
}

type NamedCallbackUrlProps = {
  /** The URL with NAME in place of the name. */
  template: string;
  name: string;
};

export function NamedCallbackUrl({ template, name }: NamedCallbackUrlProps) {
  const [typed, setTyped] = useState(name);
  return (
    <>
      <FormField
        label="Name"
        name="connection"
        subject="The name"
        hint="Part of the URLs: lowercase letters, digits and hyphens. You can’t change it later."
        defaultValue={name}
        maxLength={40}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        dir="ltr"
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <CallbackUrl url={template.replace("NAME", encodeURIComponent(typed.trim()) || "…")} />
    </>
  );
}
