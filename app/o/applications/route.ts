/** Where django-oauth-toolkit lists a developer's applications. */
import { anyone } from "@/lib/http/guards";
import { redirect } from "@/lib/http/respond";
import { route } from "@/lib/http/route";

export const GET = route({ guard: anyone, run: async () => redirect("/dashboard", [], 302) });
