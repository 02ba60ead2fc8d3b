export { socialCallback as GET } from "@/lib/http/social-callback";
