import { preflight } from "@/lib/http/cors";

export { userinfoRoute as GET, userinfoRoute as POST } from "@/lib/oauth/endpoints/endpoints";
export const OPTIONS = preflight("GET, POST");
