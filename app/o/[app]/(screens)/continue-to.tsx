// Why somebody is asked to sign in: which client sent them.
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import { IsolatedText } from "./isolated-text";

export function ContinueTo({ request }: { request: AuthorizeRequest | null }) {
  if (!request) return <p>to see your account</p>;
  return (
    <p className="line-clamp-4">
      to continue to <IsolatedText className="font-medium text-ink">{request.client.client_name}</IsolatedText>
    </p>
  );
}
