import { preflight } from "@/lib/http/cors";

export { revokeRoute as POST } from "@/lib/http/oauth-endpoints";
export const OPTIONS = preflight("POST");
