import { closeAccountRoute } from "@/lib/hosted/account/close-account";
import { tokenHolder } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: tokenHolder, run: async ({ self }) => self });

/** The account itself, by the user's direct token and password. */
export const DELETE = closeAccountRoute;
