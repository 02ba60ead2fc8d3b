/** Users with second factors, and the codes that their authenticator apps show. */
import { Secret, TOTP } from "otpauth";
import { freezeClock, nowMs } from "@/lib/clock";
import { ask, logIn } from "./account";
import type { TestResponse } from "./call";
import { SOME_PASSWORD, someEmail, someSession, type TestApp, type TestSession } from "./factories";

/** Moves the frozen clock to a later time step. Each test needs a step that isn't used yet. */
export function nextStep(steps = 1): void {
  freezeClock(new Date(nowMs() + steps * 30_000));
}

/** The code that an authenticator app shows, `steps` later or earlier. */
export function codeOf(secret: string, steps = 0): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: nowMs() + steps * 30_000 });
}

/** A code that no step of now matches. */
export function wrongCodeOf(secret: string): string {
  const right = [-1, 0, 1].map((steps) => codeOf(secret, steps));
  const wrong = ["000000", "111111", "222222", "333333"].find((code) => !right.includes(code));
  return wrong ?? "444444";
}

export interface TestFactor extends TestSession {
  secret: string;
  recoveryCodes: string[];
}

export const mfa = {
  verify: (app: { id: string }, body: unknown, ip?: string): Promise<TestResponse> =>
    ask(`/api/auth/mfa/verify/${app.id}`, { body, ip }),
  challenge: (app: { id: string }, body: unknown): Promise<TestResponse> =>
    ask(`/api/auth/mfa/challenge/${app.id}`, { body }),
  enroll: (app: { id: string }, by: { bearer?: string; body?: unknown }): Promise<TestResponse> =>
    ask(`/api/auth/mfa/totp/${app.id}`, { method: "POST", ...by }),
  confirm: (app: { id: string }, by: { bearer?: string; body: unknown }): Promise<TestResponse> =>
    ask(`/api/auth/mfa/totp/${app.id}/confirm`, by),
  list: (app: { id: string }, bearer: string): Promise<TestResponse> => ask(`/api/auth/mfa/${app.id}`, { bearer }),
  remove: (app: { id: string }, bearer: string, id: string): Promise<TestResponse> =>
    ask(`/api/auth/mfa/${app.id}/${id}`, { method: "DELETE", bearer }),
  renewCodes: (app: { id: string }, bearer: string): Promise<TestResponse> =>
    ask(`/api/auth/mfa/${app.id}/recovery-codes`, { method: "POST", bearer }),
};

/** Adds an authenticator app for a signed-in user, with the code of the present step. */
export async function addTotp(app: { id: string }, session: TestSession): Promise<TestFactor> {
  const { secret } = (await mfa.enroll(app, { bearer: session.token })).body;
  const { body } = await mfa.confirm(app, { bearer: session.token, body: { code: codeOf(secret) } });
  return { ...session, secret, recoveryCodes: body.recovery_codes };
}

/** A user with an authenticator app, whose next step is free. */
export async function someTotpUser(app: { id: string }, email = someEmail()): Promise<TestFactor> {
  const user = await addTotp(app, await someSession(app.id, email));
  nextStep();
  return user;
}

/** Signs in with the password. → the mfa_token */
export async function firstStep(app: TestApp, email: string, password = SOME_PASSWORD): Promise<string> {
  const { status, body } = await logIn(app, email, password);
  if (status !== 403) throw new Error(`The sign-in needs no second factor: ${status} ${JSON.stringify(body)}`);
  return body.mfa_token;
}
