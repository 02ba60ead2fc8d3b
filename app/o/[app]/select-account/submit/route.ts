export { selectAccountForm as POST } from "@/lib/hosted/forms/sign-in";
