/** What a provider is: data, and one mapping of its answer to our profile. The flow around it is written once, in ./flow.ts. */
import type { AuthorizationServer, Client, TokenEndpointResponse } from "oauth4webapi";
import { z } from "zod";
import { text } from "../input";
import { type EmailAddress, parseEmail } from "../users/email";
import { PROFILE_CLAIMS, type ProfileClaim } from "../users/profile";
import type { Connection } from "./connections";
import type { ProviderCall } from "./provider-call";

export type ProviderName = "github" | "google" | "oidc";

/** Who somebody is at the provider. Issuer and subject identify them; an address never does. */
export interface SocialProfile {
  issuer: string;
  subject: string;
  email: EmailAddress | null;
  /** The provider says so, in so many words. */
  emailVerified: boolean;
  /** OIDC Core §5.1, as far as they hold what they may. */
  claims: Partial<Record<ProfileClaim, string>>;
}

/** What the token endpoint gave, checked. */
export interface Received {
  server: AuthorizationServer;
  client: Client;
  tokens: TokenEndpointResponse;
  call: ProviderCall;
}

export interface Provider {
  name: ProviderName;
  /** As people know it. */
  label: string;
  /** Asked for when the owner of the App says nothing else. */
  scopes: string[];
  /** An OpenID provider answers with an ID token, which is checked. */
  openid: boolean;
  /** The issuer comes from the owner of the App. */
  needsIssuer: boolean;
  /** Where the owner of the App registers it, and gets id and secret; the hint goes on after "Open the console of …". */
  console: { url: string; hint: string } | null;
  /** More parameters for a sign-in that must not pass on a session at the provider. */
  anew: Record<string, string>;
  server(connection: Connection, call: ProviderCall): Promise<AuthorizationServer>;
  profile(received: Received, connection: Connection): Promise<SocialProfile>;
}

const Subject = text(255);

/** @throws ZodError when there is no usable subject */
export function readSubject(subject: unknown): string {
  return Subject.parse(subject);
}

/** What is one plain address, or null. */
export function readEmail(value: unknown): EmailAddress | null {
  return typeof value === "string" ? parseEmail(value) : null;
}

/** The claims that we know and that are what they should be; the rest is left out rather than refused. */
export function readClaims(given: Partial<Record<ProfileClaim, unknown>>): SocialProfile["claims"] {
  const claims: SocialProfile["claims"] = {};
  for (const [name, { schema }] of Object.entries(PROFILE_CLAIMS) as [ProfileClaim, { schema: z.ZodType }][]) {
    const read = schema.safeParse(given[name]);
    if (read.success && typeof read.data === "string") claims[name] = read.data;
  }
  return claims;
}

/** Some providers spell a boolean as a text. */
export const SpokenBoolean = z.union([z.boolean(), z.enum(["true", "false"]).transform((value) => value === "true")]);
