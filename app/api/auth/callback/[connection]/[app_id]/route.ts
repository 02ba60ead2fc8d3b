export { socialCallback as GET } from "@/lib/hosted/social/callback";
