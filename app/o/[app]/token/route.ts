import { preflight } from "@/lib/http/cors";

export { tokenRoute as POST } from "@/lib/http/oauth-endpoints";
export const OPTIONS = preflight("POST");
