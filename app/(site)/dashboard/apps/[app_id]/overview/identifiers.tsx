// IDs and endpoint URLs of an app, with copy buttons.
import { CopyLine } from "@/app/_ui/copy-line";
import type { App } from "@/lib/apps/apps";

export function Identifiers({ app }: { app: App }) {
  const { issuer } = app;
  return (
    <dl className="grid gap-4">
      <CopyLine label="App ID" value={app.id} />
      <CopyLine label="Issuer" value={issuer} />
      <CopyLine label="Public keys (JWKS)" value={`${issuer}/jwks`} />
      <CopyLine label="Discovery" value={`${issuer}/.well-known/openid-configuration`} />
    </dl>
  );
}
