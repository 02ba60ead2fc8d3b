/** The forms of the device pages (RFC 8628 §3.3): the user code, then the user's decision. */
import { ANONYMOUS_USER, recordRejection } from "../../audit/events";
import { fail } from "../../errors";
import { redirect } from "../../http/respond";
import { limitUserCodes } from "../../limits/user-code";
import { createDeviceInteraction } from "../../oauth/authorize/interaction";
import { decideDevice, findKnownDevice, type KnownDevice } from "../../oauth/device/device-codes";
import { readUserCode } from "../../oauth/device/user-code";
import { subjectFor } from "../../oauth/subjects";
import { bindBrowser } from "../browser-binding";
import { redirectWithFlash } from "../flash";
import type { FormInput } from "../form-route";
import { continueInteraction, interactionOf } from "../interactions";
import { pageUrl } from "../page-urls";
import { findSession } from "../session";
import { readAnsweredScopes } from "./consent";

const INVALID = "This code isn’t valid. Check it on your device: codes expire after 10 minutes.";

const DECIDED = "This code has expired, or it was already used. Start again on your device.";

const REJECTED_CODE = {
  type: "device.code_rejected",
  outcome: "failure",
  actor: ANONYMOUS_USER,
  reason: "unknown_code",
  explanation: {
    description: "A user entered a device code that is unknown, expired or already answered",
    section: "RFC 8628 §5.1",
  },
} as const;

/** Longer input can't be a code, even with spaces. */
const MAX_TYPED = 40;

async function findTyped({ app, form }: FormInput): Promise<KnownDevice | null> {
  const code = readUserCode(form.get("user_code") ?? "");
  return code === null ? null : findKnownDevice(app.id, code);
}

function failField(input: FormInput, message: string): Response {
  const typed = encodeURIComponent(input.form.get("user_code")?.slice(0, MAX_TYPED) ?? "");
  const page = `${pageUrl(input.app, "device")}${typed && `?user_code=${typed}`}`;
  return redirectWithFlash(input.app, page, { ok: false, message, fields: { user_code: message } });
}

/** Continues with the sign-in, or with the question whether the user started the request. */
export async function submitUserCode(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  if (!form.get("user_code")) return failField(input, "Enter the code that your device shows.");
  // Throws 429 after too many wrong codes.
  const device = await limitUserCodes(app.id, async () => {
    const value = await findTyped(input);
    return { success: value !== null, value };
  });
  if (!device) {
    await recordRejection(app.id, REJECTED_CODE);
    return failField(input, INVALID);
  }
  const browser = bindBrowser(request, app.id);
  const id = await createDeviceInteraction(app.id, device, browser.secret);
  const session = await findSession(request, app);
  return redirect(pageUrl(app, session ? "device/confirm" : "signin", id), browser.cookies);
}

/** A code that can't be answered any more leads back to the form. */
function failDecided({ app }: FormInput): Response {
  return redirectWithFlash(app, pageUrl(app, "device"), { ok: false, message: DECIDED });
}

export async function submitDeviceDecision(input: FormInput): Promise<Response> {
  const { app, form, request } = input;
  const interaction = await interactionOf(input);
  const session = await findSession(request, app);
  // Only the user who saw the question may answer it: another may have signed in since.
  if (interaction.userCode === null || !session || form.get("user") !== session.userId)
    return continueInteraction(app, interaction, session);
  const device = await findKnownDevice(app.id, interaction.userCode);
  if (!device) return failDecided(input);
  const decision = form.get("decision");
  if (decision !== "allow" && decision !== "deny") fail(400, "invalid_request", "Choose whether to allow access.");
  const answer = await readAnsweredScopes(app, device.scopes, form);
  // Without any of the requested scopes, the user has allowed nothing. A resource may have none.
  const allowsSome = answer.allowed.length > 0 || device.scopes.length === 0;
  const allowed = decision === "allow" && allowsSome ? answer.allowed : null;
  const { userCode, clientId } = device;
  const subject = await subjectFor(app, device.client, session.userId, true);
  const decided = { interaction, userCode, clientId, session, subject, allowed, declined: answer.declined };
  if (!(await decideDevice(app.id, decided))) return failDecided(input);
  return redirect(pageUrl(app, allowed ? "done/device-allowed" : "done/device-denied"));
}
