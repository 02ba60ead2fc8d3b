/** The purposes of one-time tokens, and the data that each stores from its issue to its use. */
import type { Prisma } from "../database/client";

/** What happens after a user comes back from a social provider. */
export type SocialGoal =
  /** Redirects to a return URL of the app. `state` is the caller's. */
  | { type: "return"; redirectUri: string; state?: string }
  /**
   * Continues the authorization request that required a sign-in. `before` is the browser's session
   * at the start: its cookie isn't sent to the callback.
   */
  | { type: "interaction"; id: string; before?: { id: string; userId: string } }
  /** Links the provider's account to the user of the token, while this session is active. */
  | { type: "link"; sessionId: string }
  /** Shows a developer what the provider returned. */
  | { type: "test"; developerId: string };

/** What happens once a pending sign-in of a browser is complete. */
export type PendingGoal =
  /** Continues the authorization request. */
  | { type: "interaction"; id: string }
  /** Shows a page of the account. */
  | { type: "account"; page: string }
  /** Redirects to a return URL of the app. */
  | { type: "return"; redirectUri: string; state?: string; delivery: "query" | "fragment" | "code" }
  /** Opens a page of the dashboard. */
  | { type: "dashboard"; path: string };

/** A browser's pending sign-in is bound to that browser, and continues there. */
export interface PendingBrowser {
  /** SHA-256 of the cookie that identifies the browser. */
  hash: string;
  goal: PendingGoal;
}

export interface PendingSignIn {
  /** The method of the first step, for the audit trail. */
  method: string;
  amr: string[];
  /** Whether the user must add a factor; otherwise the user must use one. */
  enroll: boolean;
  /** null for a caller of the API, which holds the secret. */
  browser: PendingBrowser | null;
  /** The session that asks for a stronger sign-in, which keeps it. Otherwise a session starts. */
  sessionId?: string;
  /** The `acr` to reach: 2 or phr. */
  acr: string;
  /**
   * The recovery codes of the factor that the user has just added, sealed. The sign-in is proved, and
   * continues once the user has saved them.
   */
  recoveryCodes?: string;
}

export interface Payloads {
  /**
   * `redirectUri` and `state` come from the API call, `interactionId` from the hosted sign-in page.
   */
  magic_link: { redirectUri?: string; state?: string; interactionId?: string };
  /**
   * `interactionId`: the authorization request to continue, in the browser where the email was
   * requested.
   */
  verify_email: { interactionId?: string };
  reset_password: { interactionId?: string };
  change_email: { email: string; canonical: string };
  /** A social sign-in that has started. */
  social_state: {
    connection: string;
    /** SHA-256 of the cookie of the browser that started it. */
    browser: string;
    /** The version of the master key that PKCE verifier and nonce were derived from. */
    keyVersion: number;
    goal: SocialGoal;
  };
  /** The result of testing a social connection. */
  social_test: { connection: string; developerId: string; outcome: Prisma.InputJsonObject };
  /** A completed sign-in, which the app's backend exchanges for a session. */
  exchange_code: { method: string; amr: string[]; remembered?: boolean };
  /** A sign-in whose second factor is still missing (lib/signin/pending.ts). */
  pending_sign_in: PendingSignIn;
  /** A developer's complete sign-in, on the way to the dashboard. `browser` is the SHA-256 of its cookie. */
  dashboard_entry: { method: string; amr: string[]; browser: string };
  /** An authenticator app that the user hasn't confirmed with a code yet. The secret is sealed. */
  totp_enrollment: { secret: string };
  /** The code of an email as a second factor. `owner`: the pending sign-in, or the session that adds it. */
  factor_code: { owner: string };
  /**
   * New recovery codes, sealed, until the user of the session has saved them. `interactionId`: the
   * authorization request to continue then.
   */
  recovery_codes: { sessionId: string; codes: string; interactionId?: string };
  /** A sign-in by an emailed code without a link. */
  email_code: Record<string, never>;
  /** An invitation to create an account at the app. */
  user_invitation: { redirectUri?: string };
  /** An invitation to the app's team. */
  member_invitation: { role: string; invitedBy: string };
}

export type Purpose = keyof Payloads;
