export { forgotForm as POST } from "@/lib/hosted/forms/recovery";
