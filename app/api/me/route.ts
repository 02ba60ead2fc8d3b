import { tokenHolder } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: tokenHolder, run: async ({ self }) => self });
