"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { text } from "@/lib/input";
import { BATCH_ROWS, MAX_FILE_BYTES } from "@/lib/users/import/file";
import { importUsers } from "@/lib/users/import/import";
import { checkbox } from "../../on-off";

/** The browser sends the file in batches. */
const Rows = z
  .array(
    z.object({ row: z.number().int().min(1).max(MAX_FILE_BYTES), value: z.record(z.string().max(1000), z.unknown()) }),
  )
  .min(1)
  .max(BATCH_ROWS);

const json = text(64 * 1024).transform((value, context) => {
  try {
    return JSON.parse(value) as unknown;
  } catch {
    context.addIssue({ code: "custom", message: "is not valid JSON" });
    return z.NEVER;
  }
});

export const importUsersAction = action({
  guard: member("admin"),
  input: z.object({ rows: json.pipe(Rows), dry_run: checkbox }),
  // No revalidation: the next batch follows, and the users page loads the list again.
  run: ({ app, input, by }) => importUsers(app, input.rows, { dryRun: input.dry_run }, by),
});
