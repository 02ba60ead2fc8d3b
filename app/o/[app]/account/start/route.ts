export { accountStart as GET } from "@/lib/http/account";
