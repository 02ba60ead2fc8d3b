import { preflight } from "@/lib/http/cors";

export { revokeRoute as POST } from "@/lib/oauth/endpoints/endpoints";
export const OPTIONS = preflight("POST");
