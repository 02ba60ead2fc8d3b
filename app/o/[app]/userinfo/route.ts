import { preflight } from "@/lib/http/cors";

export { userinfoRoute as GET, userinfoRoute as POST } from "@/lib/http/oauth-endpoints";
export const OPTIONS = preflight("GET, POST");
