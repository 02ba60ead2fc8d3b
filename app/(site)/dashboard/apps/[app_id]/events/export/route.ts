import { member } from "@/app/_server/dashboard-guard";
import { eventsAsCsv } from "@/lib/audit/export";
import { download } from "@/lib/http/download";
import { route } from "@/lib/http/route";
import { readSearch, toRequest } from "../query";

/** CSV export: all events that match the same search parameters as on the events page. */
export const GET = route({
  guard: member("viewer"),
  run: async ({ app, request }) => {
    const search = readSearch(Object.fromEntries(new URL(request.url).searchParams));
    const asked = await toRequest(app.id, search);
    return download(`events-${app.id}`, "csv", eventsAsCsv(app.id, asked?.filter));
  },
});
