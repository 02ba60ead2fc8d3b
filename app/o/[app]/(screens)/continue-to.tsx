// The subtitle of the sign-in pages: the client or page that the user continues to.
import type { Client } from "@/lib/oauth/clients/client";
import { IsolatedText } from "./isolated-text";

export function ContinueTo({ client }: { client: Client | null }) {
  if (!client) return <p>to view your account</p>;
  return (
    <p className="line-clamp-4">
      to continue to <IsolatedText className="font-medium text-ink">{client.client_name}</IsolatedText>
    </p>
  );
}
