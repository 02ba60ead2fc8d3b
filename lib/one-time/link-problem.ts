/** What is wrong with a mailed link, said to its reader. */
import { fail } from "../errors";
import type { Consumed, Purpose } from "./one-time";

export type LinkProblem = Exclude<Consumed<Purpose>["status"], "ok">;

const PROBLEMS: Record<LinkProblem, [code: string, description: string]> = {
  reused: ["link_used", "This link was used before; each works once. Ask for a new one if you need it."],
  expired: ["link_expired", "This link is too old. Ask for a new one."],
  unknown: [
    "invalid_link",
    "This link is not valid here: it may be incomplete, replaced by a newer one, or of another App. Open it from the mail as a whole, or ask for a new one.",
  ],
};

/** 400 `link_used`, `link_expired` or `invalid_link` */
export function failLink(problem: LinkProblem): never {
  fail(400, ...PROBLEMS[problem]);
}
