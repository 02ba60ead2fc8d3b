export { socialForm as POST } from "@/lib/hosted/social/start";
