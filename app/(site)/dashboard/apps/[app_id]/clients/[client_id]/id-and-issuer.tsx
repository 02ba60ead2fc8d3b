// Client ID and issuer, the two values that client libraries need.
import { Card } from "@/app/_ui/card";
import { CopyLine } from "@/app/_ui/copy-line";
import type { Client } from "@/lib/oauth/clients/clients";

export function IdAndIssuer({ client, issuer }: { client: Client; issuer: string }) {
  return (
    <Card>
      <dl className="grid gap-4">
        <CopyLine label="Client ID" value={client.id} />
        <CopyLine label="Issuer" value={issuer} />
      </dl>
    </Card>
  );
}
