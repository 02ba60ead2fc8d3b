// Why somebody is asked to sign in: which client sent them.
import type { AuthorizeRequest } from "@/lib/oauth/authorize/request";
import { GivenName } from "./given-name";

export function Purpose({ request }: { request: AuthorizeRequest | null }) {
  if (!request) return <p>to see your account</p>;
  return (
    <p className="line-clamp-4">
      to continue to <GivenName className="font-medium text-ink">{request.client.client_name}</GivenName>
    </p>
  );
}
