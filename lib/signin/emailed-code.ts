/**
 * Sign-in with a 6-digit code from an email: of a magic link email, or of one without a link. Each
 * works only while its method is enabled.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER, recordRejection } from "../audit/events";
import { fail } from "../errors";
import { limitLinkRedemption, refundLinkRedemption } from "../limits/link-redemption";
import { consumeTriedCode, tryCode } from "../one-time/code";
import { failLink } from "../one-time/emailed-links";
import type { EmailAddress } from "../users/email";
import type { KnownPassword } from "./claim-account";
import type { Proof } from "./complete";
import { identifyByEmail } from "./identify-by-email";
import { type EmailMethod, requireEmailMethod } from "./sign-in-email";

export interface TriedCode {
  method: EmailMethod;
  id: string;
}

/** The enabled methods whose emails contain a code. @throws 403 `method_disabled` */
function requireCodeMethods(app: App): EmailMethod[] {
  const enabled = (["magic_link", "email_code"] as const).filter((method) => app.settings.methods[method]);
  if (enabled.length === 0) requireEmailMethod(app, "email_code");
  return enabled;
}

async function failWrongCode(app: App, method: EmailMethod | undefined): Promise<never> {
  await recordRejection(app.id, {
    type: "user.sign_in_failed",
    outcome: "failure",
    actor: ANONYMOUS_USER,
    reason: "wrong_code",
    explanation: { method },
  });
  fail(401, "invalid_code", "The code is wrong, expired or already used. After five attempts, request a new email.");
}

async function tryMethods(
  app: App,
  methods: EmailMethod[],
  { email, code }: { email: EmailAddress; code: string },
): Promise<TriedCode> {
  for (const method of methods) {
    const id = await tryCode(app.id, method, email.canonical, code);
    if (id) return { method, id };
  }
  return failWrongCode(app, methods[0]);
}

/** Checks a code without using it up. @throws 401 `invalid_code`; 403 `method_disabled`; 429 */
export async function tryEmailedCode(app: App, input: { email: EmailAddress; code: string }): Promise<TriedCode> {
  await limitLinkRedemption();
  const tried = await tryMethods(app, requireCodeMethods(app), input);
  await refundLinkRedemption();
  return tried;
}

/**
 * `known` keeps the password of a never-verified account, which is removed otherwise.
 * @throws 403 `method_disabled`
 */
export function proveByTriedCode(app: App, { method, id }: TriedCode, known?: KnownPassword): Proof {
  requireEmailMethod(app, method);
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => {
      const { email } = (await consumeTriedCode(tx, app.id, method, id)) ?? failLink("reused");
      return identifyByEmail(tx, app, email, method, known);
    },
  };
}

/** @throws 401 `invalid_code`; 403 `method_disabled`; 429 */
export async function proveByEmailedCode(app: App, input: { email: EmailAddress; code: string }): Promise<Proof> {
  return proveByTriedCode(app, await tryEmailedCode(app, input));
}
