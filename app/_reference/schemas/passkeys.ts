/** Response schemas: passkeys. */
import { z } from "zod";
import type { passkeyView } from "@/lib/factors/passkey/own-passkeys";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { id, text, time } from "./fields";
import { Session } from "./users";

const CHALLENGE = "akXyVQ3H0Yb1sZx8cKd9mF3vQ0wLr5t7…";

export const PasskeyView = z
  .object({
    id: id("The passkey's ID.", SOME_ID.factor),
    name: text("Its name.", "iCloud Keychain").nullable(),
    created_at: time("When it was added."),
    last_used_at: time("When it was last used.").nullable(),
  })
  .meta({ id: "Passkey", description: "A passkey of a user." }) satisfies z.ZodType<ReturnType<typeof passkeyView>>;

export const PasskeyList = z.object({ data: z.array(PasskeyView) });

/** As the WebAuthn API takes them with `parseRequestOptionsFromJSON()`. */
export const RequestOptions = z
  .looseObject({
    challenge: text("Works once, for 5 minutes.", CHALLENGE),
    rpId: text("The RP ID: the domain of the passkeys.", "auth.example.com"),
    userVerification: z.literal("required"),
    timeout: z.int().meta({ description: "In milliseconds.", examples: [300_000] }),
  })
  .meta({ id: "PasskeyRequestOptions", description: "For `navigator.credentials.get()`." });

/** As the WebAuthn API takes them with `parseCreationOptionsFromJSON()`. */
export const CreationOptions = z
  .looseObject({
    challenge: text("Works once, for 5 minutes.", CHALLENGE),
    rp: z.object({ id: text("The RP ID.", "auth.example.com"), name: text("The app's name.", "Blog") }),
    user: z.object({
      id: text("The user handle. It contains the app.", "MWs4cDNtN3EyeDR2OWEudXNyXzAx…"),
      name: text("The user's email address.", "bob@example.com"),
      displayName: text("The user's name.", "Bob"),
    }),
    pubKeyCredParams: z.array(
      z.object({
        type: z.literal("public-key"),
        alg: z.int().describe("The COSE identifier of a signature algorithm."),
      }),
    ),
    excludeCredentials: z.array(z.looseObject({ id: z.string().describe("The ID of a passkey that the user has.") })),
    timeout: z.int().meta({ description: "In milliseconds.", examples: [300_000] }),
  })
  .meta({ id: "PasskeyCreationOptions", description: "For `navigator.credentials.create()`." });

const Added = z.object({
  id: id("The passkey's ID.", SOME_ID.factor),
  name: text("Its name.", "iCloud Keychain").nullable(),
  created_at: time("When it was added."),
  recovery_codes: z
    .array(z.string())
    .optional()
    .meta({ description: "With the first factor: ten codes, each of which works once. Show them now." }),
});

/** With `mfa_token`, the session too. */
export const AddedPasskey = z.union([Added, Session.extend(Added.shape)]).meta({ id: "AddedPasskey" });
