/** Inputs of custom claims: schemas, and the names that Foyer sets itself. */
import { z } from "zod";
import { CLAIM_TARGETS, type ClaimSource } from "../../claims/claim";
import { PROFILE_SOURCES } from "../../claims/values";
import { isStorable, STORABLE_JSON, text } from "../../input";
import { SUPPORTED_CLAIMS } from "../claims";
import { SCOPE_NAME } from "../scopes/scopes";

/** JWT, OAuth and OpenID Connect claims that Foyer sets or could set. */
const RESERVED = new Set([
  ...["iss", "sub", "aud", "exp", "nbf", "iat", "jti", "auth_time", "nonce", "acr", "amr", "azp"],
  ...["at_hash", "c_hash", "s_hash", "sid", "client_id", "scope", "cnf", "act", "may_act", "events"],
  ...["org_id", "org_slug", "roles", "permissions", "groups", "entitlements", "authorization_details"],
  ...["sub_jwk", "sub_id", "_claim_names", "_claim_sources", "toe", "txn", "vot", "vtm", "trust_framework"],
  ...["active", "username", "token_type", "token_introspection", "id", "gid", "grant_client_id", "public_metadata"],
  ...["created_at", "error", "error_description", "__proto__", "constructor", "prototype"],
  ...SUPPORTED_CLAIMS,
]);

const member = (description: string) => text(100).describe(description);

const SourceBody = z
  .object(
    {
      public_metadata: member("A member of the user's public metadata.").optional(),
      metadata: member("A member of the user's metadata.").optional(),
      profile: member("A standard claim, like locale.").optional(),
      constant: z.unknown().optional().describe("The same value for every user."),
    },
    { error: 'must be an object, like {"public_metadata": "plan"}' },
  )
  .superRefine((source, context) => {
    const given = Object.entries(source).filter(([, value]) => value !== undefined);
    const fail = (message: string, path: string[] = []) => context.addIssue({ code: "custom", message, path });
    if (given.length !== 1) fail("must have exactly one of public_metadata, metadata, profile or constant");
    else if (source.constant === null) fail("must not be null", ["constant"]);
    else if (source.profile !== undefined && !PROFILE_SOURCES.includes(source.profile))
      fail(`must be one of ${PROFILE_SOURCES.join(", ")}`, ["profile"]);
    else if (!isStorable(source.constant)) fail(STORABLE_JSON, ["constant"]);
  });

const SHAPE = {
  name: text(200)
    .regex(
      /^[\x21\x23-\x5b\x5d-\x7e]+$/,
      "must have only printable ASCII characters, without spaces, quotes and backslashes",
    )
    .refine((name) => !RESERVED.has(name), "is a claim of a standard or of Foyer. Choose another name")
    .describe("The name in the token. A URL of yours avoids conflicts, like https://example.com/plan."),
  source: SourceBody.describe("Where the value comes from: exactly one of these."),
  scope: text(100)
    .regex(SCOPE_NAME, "must be a scope name")
    .nullable()
    .describe("Only tokens with this scope have the claim. null: all tokens. Direct tokens have every scope."),
  targets: z
    .array(z.enum(CLAIM_TARGETS))
    .min(1, "must contain at least one")
    .max(20)
    .transform((targets) => [...new Set(targets)])
    .describe("Where the claim appears."),
};

export const CreateClaimBody = z.object({ ...SHAPE, scope: SHAPE.scope.optional() });
export const UpdateClaimBody = z.object(SHAPE).partial();

export type NewClaim = z.output<typeof CreateClaimBody>;
export type ClaimChanges = z.output<typeof UpdateClaimBody>;

/** The one member that is set. */
export function sourceOf(source: NewClaim["source"]): ClaimSource {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined)) as ClaimSource;
}
