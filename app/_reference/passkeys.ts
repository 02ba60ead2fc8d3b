/** API reference: passkeys. */
import { DELETE as remove, PATCH as rename } from "@/app/api/auth/passkey/[app_id]/[passkey_id]/route";
import { POST as options } from "@/app/api/auth/passkey/[app_id]/options/route";
import { POST as creationOptions } from "@/app/api/auth/passkey/[app_id]/register/options/route";
import { POST as register } from "@/app/api/auth/passkey/[app_id]/register/route";
import { GET as list, POST as signIn } from "@/app/api/auth/passkey/[app_id]/route";
import type { Group } from "@/lib/http/openapi/operation";
import { created, noContent, ok } from "./responses";
import { AddedPasskey, CreationOptions, PasskeyList, PasskeyView, RequestOptions } from "./schemas/passkeys";
import { Session } from "./schemas/users";

const PATH = "/api/auth/passkey/{app_id}";

const CREDENTIAL = {
  id: "AUcvN0pPmWb8x2q7n3v5",
  rawId: "AUcvN0pPmWb8x2q7n3v5",
  type: "public-key",
  clientExtensionResults: {},
};

const SIGN_IN = {
  response: {
    ...CREDENTIAL,
    response: {
      clientDataJSON: "eyJ0eXBl",
      authenticatorData: "SZYN5YgOjGh0",
      signature: "MEUCIQDx8k0",
      userHandle: "MWs4cDNtN3EyeDR2OWEudXNyXzAx",
    },
  },
};

const REGISTRATION = {
  response: {
    ...CREDENTIAL,
    response: {
      clientDataJSON: "eyJ0eXBl",
      attestationObject: "o2NmbXRkbm9u",
      transports: ["internal", "hybrid"],
    },
  },
  name: "My laptop",
};

export const passkeys: Group = {
  slug: "passkeys",
  name: "Passkeys",
  description:
    "Sign-in with passkeys (WebAuthn Level 3) on your own pages. Pass the options to the browser, and send its answer back unchanged. Foyer's hosted pages do all of this by themselves.",
  operations: [
    {
      id: "passkeyOptions",
      method: "post",
      path: `${PATH}/options`,
      handler: options,
      summary: "Get options for a sign-in",
      description:
        "The browser shows its own list of passkeys, so the options are the same for every caller. The challenge works once, for 5 minutes.",
      answers: [ok("The options.", RequestOptions)],
      errors: ["method_disabled"],
    },
    {
      id: "passkeySignIn",
      method: "post",
      path: PATH,
      handler: signIn,
      summary: "Sign in with a passkey",
      description:
        "Two factors by itself: the token has `acr` `phr`, and no second factor is asked for. `error_description` says why an answer was rejected.",
      answers: [ok("The user is signed in.", Session)],
      errors: ["invalid_passkey", "method_disabled", "user_disabled", "rate_limited"],
      examples: [{ body: SIGN_IN }],
    },
    {
      id: "passkeyCreationOptions",
      method: "post",
      path: `${PATH}/register/options`,
      handler: creationOptions,
      summary: "Get options for a new passkey",
      description:
        "Authenticated with the user's own token, or with the `mfa_token` of a sign-in that answered `mfa_enrollment_required`. Requires a sign-in within the last ten minutes with the strongest factor of the user.",
      answers: [ok("The options.", CreationOptions)],
      errors: ["method_disabled", "mfa_required", "insufficient_user_authentication"],
    },
    {
      id: "registerPasskey",
      method: "post",
      path: `${PATH}/register`,
      handler: register,
      summary: "Add a passkey",
      description:
        "The first factor of a user brings ten recovery codes, which are shown only here. With `mfa_token`, the response is also the session.",
      answers: [created("The passkey was added.", AddedPasskey)],
      errors: [
        "rejected_registration",
        "method_disabled",
        "mfa_required",
        "insufficient_user_authentication",
        "passkey_exists",
      ],
      examples: [{ body: REGISTRATION }],
    },
    {
      id: "listPasskeys",
      method: "get",
      path: PATH,
      handler: list,
      summary: "List your own passkeys",
      description: "Authenticated with the user's own token. Oldest first.",
      answers: [ok("The passkeys.", PasskeyList)],
    },
    {
      id: "renamePasskey",
      method: "patch",
      path: `${PATH}/{passkey_id}`,
      handler: rename,
      summary: "Rename one of your own passkeys",
      answers: [ok("The passkey.", PasskeyView)],
      errors: ["insufficient_user_authentication"],
      examples: [{ body: { name: "My phone" } }],
    },
    {
      id: "removePasskey",
      method: "delete",
      path: `${PATH}/{passkey_id}`,
      handler: remove,
      summary: "Remove one of your own passkeys",
      description: "The last sign-in method can't be removed.",
      answers: [noContent("The passkey was removed.")],
      errors: ["insufficient_user_authentication", "last_way_in"],
    },
  ],
};
