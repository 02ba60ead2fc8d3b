export { signUpForm as POST } from "@/lib/hosted/forms/sign-in";
