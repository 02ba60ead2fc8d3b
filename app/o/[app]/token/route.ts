import { preflight } from "@/lib/http/cors";

export { tokenRoute as POST } from "@/lib/oauth/endpoints/endpoints";
export const OPTIONS = preflight("POST");
