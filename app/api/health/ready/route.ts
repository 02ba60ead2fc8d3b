import { anyone } from "@/lib/http/guards";
import { route } from "@/lib/http/route";
import { requireReady } from "@/lib/operations/health";

/** The database answers and has every migration; otherwise 503. */
export const GET = route({
  guard: anyone,
  run: async () => {
    await requireReady();
    return { status: "ok" };
  },
});
