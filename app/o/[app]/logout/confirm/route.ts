export { logoutConfirmed as POST } from "@/lib/http/logout";
