// The subtitle of the sign-in pages: the client or page that the user continues to.
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import { IsolatedText } from "./isolated-text";

export function ContinueTo({ request }: { request: AuthorizeRequest | null }) {
  if (!request) return <p>to view your account</p>;
  return (
    <p className="line-clamp-4">
      to continue to <IsolatedText className="font-medium text-ink">{request.client.client_name}</IsolatedText>
    </p>
  );
}
