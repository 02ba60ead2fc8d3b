"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { action, developer } from "@/app/_server/action";
import { signingInDashboard } from "@/app/_server/dashboard-session";
import { getApp } from "@/lib/apps/apps";
import { missingForChange } from "@/lib/factors/fresh";
import { removeOwnFactor, renewRecoveryCodes } from "@/lib/factors/own-factors";
import { RegistrationAnswer } from "@/lib/factors/passkey/inputs";
import { forgetAllDevices } from "@/lib/factors/remembered-devices";
import { codesAsText } from "@/lib/factors/shown-codes";
import { secondFactorUrl } from "@/lib/hosted/signing-in";
import { TENANT_ZERO } from "@/lib/ids";
import { jsonOrText, parseInput, text } from "@/lib/input";
import { SixDigits } from "@/lib/one-time/inputs";
import { askForChange } from "@/lib/signin/ask-for-change";
import { ownCreationOptions, registerOwnPasskey } from "@/lib/signin/enroll-passkey";
import { confirmOwnTotp, startOwnTotp } from "@/lib/signin/enroll-totp";
import { SECURITY_PAGE } from "./security-page";

/** A new secret for an authenticator app. The page shows it until a code confirms it. */
export const startTotpAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId: id, email, sessionId } }) => {
    await startOwnTotp(await getApp(TENANT_ZERO), { user: { id, email }, sessionId });
    refresh();
  },
});

/** What the developer saves: recovery codes, and the same as a file. */
function saved(codes: string[], email: string | null) {
  return { codes, file: codesAsText("Foyer", email, codes) };
}

export const confirmTotpAction = action({
  guard: developer,
  input: z.object({ code: SixDigits }),
  run: async ({ developer: { userId: id, email, sessionId }, input: { code } }) => {
    const codes = await confirmOwnTotp(await getApp(TENANT_ZERO), { user: { id, email }, sessionId }, code);
    // The page shows the codes first: a refresh would replace the form that has them.
    if (!codes) refresh();
    return codes ? saved(codes, email) : null;
  },
});

export const renewCodesAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId, email, sessionId } }) =>
    saved(await renewRecoveryCodes(await getApp(TENANT_ZERO), { userId, sessionId }), email),
});

export const removeFactorAction = action({
  guard: developer,
  input: z.object({ factor_id: text(64) }),
  run: async ({ developer: { userId, sessionId }, input }) => {
    await removeOwnFactor(await getApp(TENANT_ZERO), { userId, sessionId }, input.factor_id);
    refresh();
  },
});

/** Asks for the second factor, or for a new sign-in of a developer without one, then returns here. */
export const confirmIdentityAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId, sessionId } }) => {
    const app = await getApp(TENANT_ZERO);
    const missing = await missingForChange(app, { userId, sessionId });
    if (missing === null) redirect(SECURITY_PAGE);
    const { binding } = await signingInDashboard(SECURITY_PAGE);
    const id = await askForChange(app, { userId, sessionId }, binding);
    if (!id) redirect(`/login?again=1&next=${encodeURIComponent(SECURITY_PAGE)}`);
    redirect(secondFactorUrl(app, id));
  },
});

/** What the browser needs to create a passkey. */
export const passkeyOptionsAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId: id, email, name, sessionId } }) =>
    ownCreationOptions(await getApp(TENANT_ZERO), { user: { id, email, name }, sessionId }),
});

export const addPasskeyAction = action({
  guard: developer,
  input: z.object({ passkey: text(60_000) }),
  run: async ({ developer: { userId: id, email, name, sessionId }, input: { passkey } }) => {
    const app = await getApp(TENANT_ZERO);
    const response = parseInput(RegistrationAnswer, jsonOrText(passkey));
    const { recovery_codes: codes } = await registerOwnPasskey(
      app,
      { user: { id, email, name }, sessionId },
      { response },
    );
    if (!codes) refresh();
    return codes ? saved(codes, email) : null;
  },
});

export const forgetBrowsersAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId } }) => {
    await forgetAllDevices(await getApp(TENANT_ZERO), userId);
    refresh();
  },
});
