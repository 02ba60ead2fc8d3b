/** Resource inputs: schemas, and the rules that involve the other resources of the app. */
import { z } from "zod";
import { text } from "../../input";
import { SCOPE_NAME, USER_SCOPES } from "../scopes/scopes";
import { canonicalIdentifier, identifierProblem, MAX_IDENTIFIER_LENGTH } from "./identifier";
import type { Resource } from "./resource";

const DAY = 86_400;

export const RESOURCE_SHAPE = {
  identifier: text(MAX_IDENTIFIER_LENGTH)
    .superRefine((value, context) => {
      const message = identifierProblem(value);
      if (message) context.addIssue({ code: "custom", message });
    })
    .describe(
      "The URI that clients send as `resource`, and the `aud` of its tokens. Case of scheme and host, a default port and an empty path make no difference.",
    ),
  name: text(200).describe("The name in the dashboard and on the consent page."),
  scopes: z
    .array(text(100).regex(SCOPE_NAME, "must be a scope name"))
    .max(100)
    .transform((names) => [...new Set(names)])
    .describe("Scopes of the app that belong to this resource. Its tokens contain no others."),
  access_token_ttl_seconds: z
    .number()
    .int()
    .min(60)
    .max(DAY)
    .nullable()
    .describe("Lifetime of its access tokens in seconds. null uses the client's or the app's."),
  default: z
    .boolean()
    .describe("Whether tokens are issued for this resource if a request names none. An app has at most one."),
};

export const CreateResourceBody = z.object({
  identifier: RESOURCE_SHAPE.identifier,
  name: RESOURCE_SHAPE.name,
  scopes: RESOURCE_SHAPE.scopes.optional(),
  access_token_ttl_seconds: RESOURCE_SHAPE.access_token_ttl_seconds.optional(),
  default: RESOURCE_SHAPE.default.optional(),
});

export const UpdateResourceBody = z.object(RESOURCE_SHAPE).partial();

export type NewResource = z.output<typeof CreateResourceBody>;
export type ResourceChanges = z.output<typeof UpdateResourceBody>;

export interface Surroundings {
  issuer: string;
  /** The scopes of the app, by name. */
  scopes: ReadonlyMap<string, unknown>;
  /** The other resources of the app. */
  others: Resource[];
}

function scopeProblem(name: string, { scopes, others }: Surroundings): string | null {
  if (USER_SCOPES.has(name)) return `${name} is a standard scope, which belongs to the issuer`;
  if (!scopes.has(name)) return `${name} is not a scope of this app. Create it first.`;
  const owner = others.find((other) => other.scopes.includes(name));
  return owner ? `${name} belongs to the resource ${owner.identifier}. Remove it there first.` : null;
}

/** Field → problem. */
export function resourceProblems(
  { identifier, scopes }: Pick<Resource, "identifier" | "scopes">,
  surroundings: Surroundings,
): Record<string, string> {
  const problems: Record<string, string> = {};
  if (canonicalIdentifier(identifier) === canonicalIdentifier(surroundings.issuer))
    problems.identifier = "is the app's issuer, which clients can name without registration";
  scopes.forEach((name, index) => {
    const problem = scopeProblem(name, surroundings);
    if (problem) problems[`scopes.${index}`] = problem;
  });
  return problems;
}
