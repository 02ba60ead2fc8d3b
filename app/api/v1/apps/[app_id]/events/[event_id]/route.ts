import { getEvent } from "@/lib/audit/list";
import { eventInPath } from "@/lib/http/path-guards";
import { route } from "@/lib/http/route";

export const GET = route({ guard: eventInPath, run: ({ app, eventId }) => getEvent(app.id, eventId) });
