export { authorizeRoute as GET, authorizeRoute as POST } from "@/lib/oauth/endpoints/authorize";
