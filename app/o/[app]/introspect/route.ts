export { introspectRoute as POST } from "@/lib/oauth/endpoints/endpoints";
