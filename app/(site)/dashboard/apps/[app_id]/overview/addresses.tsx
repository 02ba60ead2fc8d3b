// What somebody who connects to the App has to know, ready to copy.
import { CopyButton } from "@/app/_ui/copy-button";
import type { App } from "@/lib/apps/apps";

export function Addresses({ app }: { app: App }) {
  const { issuer } = app;
  const rows = [
    { label: "App id", value: app.id },
    { label: "Issuer", value: issuer },
    { label: "Public keys (JWKS)", value: `${issuer}/jwks` },
    { label: "Discovery", value: `${issuer}/.well-known/openid-configuration` },
  ];
  return (
    <dl className="grid gap-4">
      {rows.map(({ label, value }) => (
        <div key={label}>
          <dt className="text-xs text-ink-muted">{label}</dt>
          <dd className="mt-0.5 flex items-start justify-between gap-2">
            <code className="min-w-0 py-1.5 font-mono text-xs break-all">{value}</code>
            <CopyButton text={value} what={label} compact />
          </dd>
        </div>
      ))}
    </dl>
  );
}
