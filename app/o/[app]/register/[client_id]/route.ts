/** The configuration of a registered client (RFC 7592 §2) */
import { openPreflight } from "@/lib/http/cors";
import { deleteRegistration, readRegistration, updateRegistration } from "@/lib/oauth/endpoints/registration";

export const GET = readRegistration;
export const PUT = updateRegistration;
export const DELETE = deleteRegistration;
export const OPTIONS = openPreflight("GET, PUT, DELETE");
