// Endpoint URLs, for libraries without discovery.
import { Card } from "@/app/_ui/card";
import { CopyLine } from "@/app/_ui/copy-line";
import type { App } from "@/lib/apps/apps";
import { issuerMetadata } from "@/lib/oauth/metadata";

export async function Endpoints({ app }: { app: App }) {
  const metadata = await issuerMetadata(app);
  const rows = [
    ["Discovery", `${app.issuer}/.well-known/openid-configuration`],
    ["Authorization", metadata.authorization_endpoint],
    ["Token", metadata.token_endpoint],
    ["UserInfo", metadata.userinfo_endpoint],
    ["Public keys (JWKS)", metadata.jwks_uri],
    ["Introspection", metadata.introspection_endpoint],
    ["Revocation", metadata.revocation_endpoint],
    ["End session", metadata.end_session_endpoint],
    ["Pushed requests (PAR)", `${app.issuer}/par`],
    ["Device authorization", `${app.issuer}/device_authorization`],
    ["Device page, where users enter a code", `${app.issuer}/device`],
  ] as const;
  return (
    <Card title="Endpoints" description="Most libraries discover these URLs from the issuer.">
      <dl className="grid gap-3">
        {rows.map(([label, value]) => (
          <CopyLine key={label} label={label} value={value} />
        ))}
      </dl>
    </Card>
  );
}
