export { signInForm as POST } from "@/lib/hosted/forms/sign-in";
