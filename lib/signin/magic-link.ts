/**
 * Sign-in with a magic link. It proves the email address, so it is verified, and a new user is
 * created only now. The code of the same email: emailed-code.ts.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER } from "../audit/events";
import { limitLinkRedemption } from "../limits/link-redemption";
import { consumeLink, peekLink } from "../one-time/emailed-links";
import type { OneTime } from "../one-time/fields";
import type { KnownPassword } from "./claim-account";
import type { Proof } from "./complete";
import { identifyByEmail } from "./identify-by-email";
import { requireEmailMethod } from "./sign-in-email";

const METHOD = "magic_link";

export type MagicLink = OneTime<"magic_link">;

/** Reads a link without consuming it. @throws 400; 403 `method_disabled`; 429 */
export async function peekMagicLink(app: App, token: string): Promise<MagicLink> {
  await limitLinkRedemption();
  requireEmailMethod(app, METHOD);
  return peekLink(app, METHOD, token);
}

/**
 * `known` keeps the password of a never-verified account, which is removed otherwise.
 * @throws 400; 403 `method_disabled`; 429
 */
export async function proveByMagicLink(app: App, token: string, known?: KnownPassword): Promise<Proof> {
  await limitLinkRedemption();
  requireEmailMethod(app, METHOD);
  return {
    by: ANONYMOUS_USER,
    identify: async (tx) => {
      const { email } = await consumeLink(tx, app, METHOD, token);
      return identifyByEmail(tx, app, email, METHOD, known);
    },
  };
}
