import { EventQuery, listEvents } from "@/lib/audit/list";
import { apiKey } from "@/lib/http/guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: apiKey, query: EventQuery, run: ({ app, query }) => listEvents(app.id, query) });
