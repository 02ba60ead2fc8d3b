export { socialStart as GET } from "@/lib/http/social";
