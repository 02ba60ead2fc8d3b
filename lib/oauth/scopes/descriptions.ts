/** Standard scopes of every app and their consent-page descriptions (OIDC Core §5.4, §11). */

export interface Scope {
  name: string;
  /** The description on the consent page. */
  description: string;
  sensitive: boolean;
  /** The user may decline it. */
  optional: boolean;
}

export const STANDARD_SCOPES: Scope[] = [
  { name: "openid", description: "Know who you are", sensitive: false, optional: false },
  { name: "profile", description: "See your name and profile", sensitive: false, optional: false },
  { name: "email", description: "See your email address", sensitive: false, optional: false },
  { name: "phone", description: "See your phone number", sensitive: false, optional: false },
  { name: "address", description: "See your postal address", sensitive: false, optional: false },
  { name: "offline_access", description: "Keep access after you sign out", sensitive: false, optional: false },
];
