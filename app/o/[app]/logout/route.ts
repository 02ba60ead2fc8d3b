import { handler } from "@/lib/http/handler";
import { logout, renderLogoutError } from "@/lib/oauth/endpoints/logout";

export const GET = handler(logout, renderLogoutError);
export const POST = handler(logout, renderLogoutError);
