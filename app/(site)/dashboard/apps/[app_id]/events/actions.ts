"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { getEvent } from "@/lib/audit/list";
import { fail } from "@/lib/errors";
import { text } from "@/lib/input";
import { findClient } from "@/lib/oauth/clients/clients";
import { applyFix, explainRejection } from "@/lib/oauth/rejection-explanation";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { revalidateApp } from "../app-paths";

/** Applies the fix of an event. The form names only the event, and the fix is computed again. */
export const fixRequestAction = action({
  guard: member("admin"),
  input: z.object({ event_id: text(64) }),
  run: async ({ app, input, by }) => {
    const event = await getEvent(app.id, input.event_id);
    const client = event.client_id ? await findClient(app.id, event.client_id) : null;
    const { fix, advice } = explainRejection(event.explanation, client, new Set((await listScopes(app.id)).keys()));
    if (!client || !fix) fail(409, "nothing_to_fix", advice || "There is nothing to fix.");
    await applyFix(app.id, client.id, fix, by);
    revalidateApp(app.id);
  },
});
