/** Where the mails of an account lead: pages of its App, or, for developers, of the dashboard. */
import { env } from "../env";
import { TENANT_ZERO } from "../ids";
import { type LinkIssuer, signLinkToken } from "./link-token";
import type { IssuedOneTime } from "./one-time";

/** Purpose → the page under the issuer, and the one of the dashboard. */
export const LINK_PAGES = {
  verify_email: { hosted: "verify", dashboard: "verify-email" },
  reset_password: { hosted: "reset", dashboard: "reset-password" },
  change_email: { hosted: "change-email", dashboard: "change-email" },
  user_invitation: { hosted: "invitation", dashboard: "signup" },
} as const;

export type LinkPurpose = keyof typeof LINK_PAGES;

function address(app: LinkIssuer, { hosted, dashboard }: { hosted: string; dashboard: string }): string {
  return app.id === TENANT_ZERO ? `${env().PUBLIC_URL}/${dashboard}` : `${app.issuer}/${hosted}`;
}

/** The link of a mail: `{issuer}/reset?token=…`. */
export async function createAccountLink(
  app: LinkIssuer,
  purpose: LinkPurpose,
  issued: Pick<IssuedOneTime, "secret" | "expiresAt">,
): Promise<string> {
  return `${address(app, LINK_PAGES[purpose])}?token=${await signLinkToken(app, purpose, issued)}`;
}

/** Where somebody looks at their account, after signing in if need be. */
export function accountUrl(app: LinkIssuer): string {
  return address(app, { hosted: "account/start", dashboard: "dashboard/account" });
}

/** Where somebody asks for a new password. */
export function forgotPasswordUrl(app: LinkIssuer): string {
  return address(app, { hosted: "forgot", dashboard: "forgot-password" });
}
