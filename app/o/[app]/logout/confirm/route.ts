export { logoutConfirmed as POST } from "@/lib/oauth/endpoints/logout";
