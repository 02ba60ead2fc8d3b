import { signOutRoute } from "@/lib/hosted/account/sign-out";

/** By the session's refresh token in the body, or by the user's Bearer token. */
export const POST = signOutRoute;
