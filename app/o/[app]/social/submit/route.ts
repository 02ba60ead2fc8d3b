export { socialForm as POST } from "@/lib/http/social";
