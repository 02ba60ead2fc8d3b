/** Passkeys in the forms of the hosted pages: their script posts the browser's answer as JSON. */
import type { z } from "zod";
import { fail } from "../../errors";
import { RegistrationAnswer } from "../../factors/passkey/inputs";
import { readInput } from "../../input";
import type { Parameters } from "../../oauth/parameters";
import { verifyRegistration } from "../../signin/enroll-passkey";
import { finishEnrollment, requireAddable } from "./enroll";
import type { PendingInput } from "./form";

function failUnreadable(): never {
  fail(400, "invalid_passkey", "The browser sent no valid passkey. Try again.");
}

/** @throws 400 `invalid_passkey` */
export function readPasskeyJson(form: Parameters): unknown {
  try {
    return JSON.parse(form.get("passkey") ?? "");
  } catch {
    return failUnreadable();
  }
}

/** @throws 400 `invalid_passkey` */
export function readNewPasskey(form: Parameters): z.output<typeof RegistrationAnswer> {
  const read = readInput(RegistrationAnswer, readPasskeyJson(form));
  return "data" in read ? read.data : failUnreadable();
}

export async function submitNewPasskey(input: PendingInput): Promise<Response> {
  const { app, form, pending } = input;
  requireAddable(input, "passkey");
  const owner = { userId: pending.user.id, place: pending.id, by: { type: "user", id: pending.user.id } as const };
  const proved = await verifyRegistration(app, owner, { response: readNewPasskey(form) });
  return finishEnrollment(input, proved);
}
