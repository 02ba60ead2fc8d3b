/** The emailed code as a second factor: the button that sends it. */
import { redirect } from "../../http/respond";
import { limitEmailRequests } from "../../limits/email";
import { sendSecondFactorCode } from "../../signin/challenge-factor";
import { secondFactorUrl } from "../signing-in";
import { referenceOf } from "./finish";
import { type PendingInput, SENT } from "./form";

/** Sends it again, too. The response doesn't tell whether the recipient got too many emails. */
export async function submitCodeRequest(input: PendingInput): Promise<Response> {
  const { app, pending } = input;
  await limitEmailRequests(app.id);
  await sendSecondFactorCode(app, referenceOf(input, pending.id));
  return redirect(`${secondFactorUrl(app, pending.id, "email")}${SENT}`);
}
