export { accountStart as GET } from "@/lib/hosted/account/account";
