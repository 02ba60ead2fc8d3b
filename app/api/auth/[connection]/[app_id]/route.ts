export { socialStart as GET } from "@/lib/hosted/social/start";
