/**
 * Guards: an API key, and an object of its App by the ID in the path. An ID of the wrong format is
 * a 404 without a query.
 */
import type { App } from "../apps/apps";
import { KID } from "../apps/key-retirement";
import type { Actor } from "../audit/events";
import { failNotFound } from "../errors";
import { type Client, getClient } from "../oauth/clients/clients";
import { CLAIM_ID } from "../oauth/custom-claims/claims";
import { RESOURCE_ID } from "../oauth/resources/resources";
import { SCOPE_NAME } from "../oauth/scopes/scopes";
import { CONNECTION_NAME } from "../social/inputs";
import { getUser } from "../users/get-user";
import { apiKey } from "./guards";
import type { Guard, GuardInput } from "./route";

export const PATH_IDS = {
  user_id: { format: /^usr_[0-9a-z]{26}$/, what: "The user" },
  session_id: { format: /^ses_[0-9a-z]{26}$/, what: "The session" },
  client_id: { format: /^(cli_[0-9a-z]{5,24}_[0-9a-z]{26}|https:\/\/[\x21-\x7e]{1,1000})$/, what: "The client" },
  secret_id: { format: /^sec_[0-9a-z]{26}$/, what: "The secret" },
  key_id: { format: /^key_[0-9a-z]{26}$/, what: "The API key" },
  kid: { format: KID, what: "The signing key" },
  event_id: { format: /^evt_[0-9a-z]{26}$/, what: "The event" },
  scope: { format: SCOPE_NAME, what: "The scope" },
  claim_id: { format: CLAIM_ID, what: "The claim" },
  resource_id: { format: RESOURCE_ID, what: "The resource" },
  invitation_id: { format: /^ott_[0-9a-z]{26}$/, what: "The invitation" },
  connection: { format: CONNECTION_NAME, what: "The connection" },
  passkey_id: { format: /^fac_[0-9a-z]{26}$/, what: "The passkey" },
  factor_id: { format: /^fac_[0-9a-z]{26}$/, what: "The factor" },
} as const;

type PathId = keyof typeof PATH_IDS;

function readId({ params }: GuardInput, name: PathId): string {
  const { format, what } = PATH_IDS[name];
  const id = params[name] ?? "";
  return format.test(id) ? id : failNotFound(what);
}

/** What `guard` finds, and the ID in the path as `property`. */
function withId<Found extends object, Property extends string>(
  guard: Guard<Found>,
  name: PathId,
  property: Property,
): Guard<Found & Record<Property, string>> {
  return async (input) => {
    const found = await guard(input);
    return { ...found, [property]: readId(input, name) } as Found & Record<Property, string>;
  };
}

/** The operation finds out whether the user exists. */
export const userInPath = withId(apiKey, "user_id", "userId");

/**
 * The user exists. For lists of a user's objects, which would otherwise be empty instead of a 404.
 */
export const existingUserInPath: typeof userInPath = async (input) => {
  const found = await userInPath(input);
  await getUser(found.app.id, found.userId);
  return found;
};

export const sessionInPath = withId(existingUserInPath, "session_id", "sessionId");
export const factorInPath = withId(existingUserInPath, "factor_id", "factorId");
export const connectedAppInPath = withId(existingUserInPath, "client_id", "clientId");

export const clientInPath: Guard<{ app: App; by: Actor; client: Client }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, client: await getClient(found.app.id, readId(input, "client_id")) };
};

export const secretInPath = withId(clientInPath, "secret_id", "secretId");
export const apiKeyInPath = withId(apiKey, "key_id", "keyId");
export const signingKeyInPath = withId(apiKey, "kid", "kid");
export const eventInPath = withId(apiKey, "event_id", "eventId");
export const scopeInPath = withId(apiKey, "scope", "scope");
export const claimInPath = withId(apiKey, "claim_id", "claimId");
export const resourceInPath = withId(apiKey, "resource_id", "resourceId");
export const invitationInPath = withId(apiKey, "invitation_id", "invitationId");
export const managedConnectionInPath = withId(apiKey, "connection", "connection");
