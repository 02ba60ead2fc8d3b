import { anyone } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

/** The process answers; says nothing of the database. */
export const GET = route({ guard: anyone, run: async () => ({ status: "ok" }) });
