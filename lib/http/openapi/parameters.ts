/** Path parameters and headers that operations share. */
import { z } from "zod";
import { PATH_IDS } from "../path-guards";

/** The IDs in all examples of the reference. */
export const SOME_ID = {
  app: "app_1k8p3m7q2x4v9a",
  user: "usr_01kax8s0e2zj5m9c4t6w1y3b7d",
  session: "ses_01kax8s0e2q7n3v5x9h1k4m6p8",
  client: "cli_1k8p3m7q2x4v9a_01kax8s0e2c4f6h8j0m2p4r6t8",
  secret: "sec_01kax8s0e2w2y4z6b8d0f2h4k6",
  key: "key_01kax8s0e2a1d3g5j7m9q2t4w6",
  invitation: "ott_01kax8s0e2f5k8n1q4s7v0y3b6",
  resource: "res_01kax8s0e2h4m7p9s2v5x8a1c3",
  claim: "clm_01kax8s0e2k6n8q1t3w5z7b9d2",
  factor: "fac_01kax8s0e2d7g1j4m8p2s5v9y3",
  event: "evt_01kax8s0e2b3e5h7k9n1r3v5x7",
  signingKey: "Bw0xT0cYRfW5pM8gWb8l7C9Xv1G3Jh5k2n4Q6s8U0zE",
} as const;

const shaped = (name: keyof typeof PATH_IDS, description: string, example: string) =>
  z
    .string()
    .regex(PATH_IDS[name].format)
    .meta({ description, examples: [example] });

const PATH_PARAMETERS: Record<string, z.ZodType> = {
  app_id: z.string().meta({ description: "The app ID.", examples: [SOME_ID.app] }),
  connection: z.string().meta({
    description: "The connection's name: `github`, `gitlab`, `google`, or the name that the app chose.",
    examples: ["github"],
  }),
  user_id: shaped("user_id", "The user ID.", SOME_ID.user),
  session_id: shaped("session_id", "The session ID.", SOME_ID.session),
  client_id: shaped("client_id", "The client ID.", SOME_ID.client),
  secret_id: shaped("secret_id", "The secret ID.", SOME_ID.secret),
  key_id: shaped("key_id", "The API key ID.", SOME_ID.key),
  kid: shaped("kid", "The key ID (`kid`) of the signing key.", SOME_ID.signingKey),
  event_id: shaped("event_id", "The event ID.", SOME_ID.event),
  invitation_id: shaped("invitation_id", "The invitation ID.", SOME_ID.invitation),
  claim_id: shaped("claim_id", "The claim ID.", SOME_ID.claim),
  resource_id: shaped("resource_id", "The resource ID.", SOME_ID.resource),
  factor_id: shaped("factor_id", "The factor ID.", SOME_ID.factor),
  passkey_id: shaped("passkey_id", "The passkey's ID.", SOME_ID.factor),
  scope: shaped("scope", "The scope's name.", "photos:read"),
};

export const IDEMPOTENCY_KEY = z
  .string()
  .regex(/^[\x21-\x7e]{1,255}$/)
  .optional()
  .meta({
    description:
      "A unique string per request. A request that is repeated with the same key within 24 hours creates nothing and gets the first response.",
  });

export const CLIENT_IP = z
  .string()
  .optional()
  .meta({
    description:
      "The IPv4 or IPv6 address of the end user that your server calls for. Limits and events then use it instead of your server's. A port is ignored.",
    anyOf: [{ format: "ipv4" }, { format: "ipv6" }],
    examples: ["203.0.113.7"],
  });

export const PROOF = z
  .string()
  .optional()
  .meta({
    description: "A DPoP proof (RFC 9449), which binds the tokens to the key that signed it.",
    examples: ["eyJ…"],
  });

/** The parameters of an OpenAPI path template. */
export function pathParameters(path: string): z.ZodObject | undefined {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string);
  if (names.length === 0) return undefined;
  const known = names.map((name) => {
    const parameter = PATH_PARAMETERS[name];
    if (!parameter) throw new Error(`Describe {${name}} of ${path} in lib/http/openapi/parameters.ts.`);
    return [name, parameter] as const;
  });
  return z.object(Object.fromEntries(known));
}
