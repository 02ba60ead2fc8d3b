// The subtitle of the sign-in pages: the client or page that the user continues to.
import type { Recipient } from "@/lib/oauth/authorize/request";
import { IsolatedText } from "./isolated-text";

export function ContinueTo({ recipient }: { recipient: Recipient | null }) {
  if (!recipient) return <p>to view your account</p>;
  return (
    <p className="line-clamp-4">
      to continue to <IsolatedText className="font-medium text-ink">{recipient.client.client_name}</IsolatedText>
    </p>
  );
}
