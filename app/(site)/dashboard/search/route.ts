import { z } from "zod";
import { developer } from "@/app/_server/dashboard-guard";
import { route } from "@/lib/http/route";
import { text } from "@/lib/input";
import { searchDashboard } from "./results";

const Query = z.object({ q: text(200).optional(), app: text(40).optional() });

/** What the search dialog of the dashboard shows: pages, users, applications, events, apps and documentation. */
export const GET = route({
  guard: developer,
  query: Query,
  run: ({ developer: { userId }, query }) => searchDashboard(userId, query.q ?? "", query.app),
});
