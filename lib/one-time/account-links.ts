/**
 * The links of an account's emails: to the hosted pages of the app or, for developers, to the
 * dashboard.
 */
import { env } from "../env";
import { TENANT_ZERO } from "../ids";
import { createLinkToken, type LinkIssuer } from "./link-token";
import type { IssuedOneTime } from "./one-time";

/** Purpose → its page under the issuer, and its page of the dashboard. */
export const LINK_PAGES = {
  verify_email: { hosted: "verify", dashboard: "verify-email" },
  reset_password: { hosted: "reset", dashboard: "reset-password" },
  change_email: { hosted: "change-email", dashboard: "change-email" },
  user_invitation: { hosted: "invitation", dashboard: "signup" },
} as const;

export type LinkPurpose = keyof typeof LINK_PAGES;

function pageUrl(app: LinkIssuer, { hosted, dashboard }: { hosted: string; dashboard: string }): string {
  return app.id === TENANT_ZERO ? `${env().PUBLIC_URL}/${dashboard}` : `${app.issuer}/${hosted}`;
}

/** `{issuer}/reset?token=…` */
export async function createAccountLink(
  app: LinkIssuer,
  purpose: LinkPurpose,
  issued: Pick<IssuedOneTime, "secret" | "expiresAt">,
): Promise<string> {
  return `${pageUrl(app, LINK_PAGES[purpose])}?token=${await createLinkToken(app, purpose, issued)}`;
}

/** The page of the user's own account. It asks for a sign-in if necessary. */
export function accountUrl(app: LinkIssuer): string {
  return pageUrl(app, { hosted: "account/start", dashboard: "dashboard/account" });
}

/** The page that sends a password reset link. */
export function forgotPasswordUrl(app: LinkIssuer): string {
  return pageUrl(app, { hosted: "forgot", dashboard: "forgot-password" });
}
