/**
 * Where password managers send a user to change a password (A Well-Known URL for Changing
 * Passwords). The users of apps have their own account pages.
 */
import { anyone } from "@/lib/http/guards";
import { redirect } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({ guard: anyone, run: async () => redirect("/dashboard/account", [], 302) });
