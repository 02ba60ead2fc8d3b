/** Dynamic client registration (RFC 7591 §3) */
import { openPreflight } from "@/lib/http/cors";
import { register } from "@/lib/oauth/endpoints/registration";

export const POST = register;
export const OPTIONS = openPreflight("POST");
