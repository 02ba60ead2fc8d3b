export { authorizeRoute as GET, authorizeRoute as POST } from "@/lib/http/authorize";
