// One click that lets the next such request through, after saying what it means.
import type { ComponentProps } from "react";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import type { Fix } from "@/lib/oauth/rejection-explanation";
import { fixRequestAction } from "../actions";

type FixButtonProps = {
  fix: Fix;
  clientName: string;
  hidden: { app_id: string; event_id: string };
  look?: ComponentProps<typeof ConfirmDialog>["triggerProps"];
};

const WORDS: Record<Fix["field"], { trigger: string; title: string; meaning: string; success: string }> = {
  redirect_uris: {
    trigger: "Add this redirect URI",
    title: "Add this redirect URI?",
    meaning:
      "Codes that let the client act for your users will be sent to this address. Add it only if you know that it is the client’s.",
    success: "The redirect URI is registered",
  },
  post_logout_redirect_uris: {
    trigger: "Add this address",
    title: "Add this post-logout address?",
    meaning: "Browsers will be sent here after they signed out. Add it only if you know that it is the client’s.",
    success: "The address is registered",
  },
  scopes: {
    trigger: "Allow this to the client",
    title: "Allow this to the client?",
    meaning: "The client may ask users for it from now on, or use it for itself if it acts without users.",
    success: "The client may ask for it now",
  },
  grant_types: {
    trigger: "Allow this grant",
    title: "Allow this grant type?",
    meaning: "The client may get tokens in this way from now on.",
    success: "The grant is allowed",
  },
};

export function FixButton({ fix, clientName, hidden, look = { variant: "primary" } }: FixButtonProps) {
  const { trigger, title, meaning, success } = WORDS[fix.field];
  return (
    <ConfirmDialog
      trigger={trigger}
      triggerProps={look}
      title={title}
      action={fixRequestAction}
      hidden={hidden}
      confirm={trigger}
      confirmVariant="primary"
      success={success}
    >
      <ul className="grid gap-1.5">
        {fix.values.map((value) => (
          <li key={value}>
            <code className="font-mono text-[0.8125rem] break-all text-ink">{value}</code>
          </li>
        ))}
      </ul>
      <p>
        For <strong className="font-medium text-ink">{clientName}</strong>. {meaning}
      </p>
    </ConfirmDialog>
  );
}
