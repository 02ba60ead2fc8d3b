export { logoutRoute as GET, logoutRoute as POST } from "@/lib/oauth/endpoints/logout";
