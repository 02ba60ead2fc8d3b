export { introspectRoute as POST } from "@/lib/http/oauth-endpoints";
