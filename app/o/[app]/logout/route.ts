export { logoutRoute as GET, logoutRoute as POST } from "@/lib/http/logout";
