/** An API key, and something of its App in the path. Each id is known by its shape, so that nothing else reaches the database. */
import type { App } from "../apps/apps";
import { KID } from "../apps/key-retirement";
import type { Actor } from "../audit/events";
import { failNotFound } from "../errors";
import { type Client, getClient } from "../oauth/clients/clients";
import { SCOPE_NAME } from "../oauth/scopes/scopes";
import { CONNECTION_NAME } from "../social/inputs";
import { getUser } from "../users/manage";
import { apiKey } from "./guards";
import type { Guard, GuardInput } from "./route";

export const PATH_IDS = {
  user_id: { shape: /^usr_[0-9a-z]{26}$/, what: "The user" },
  session_id: { shape: /^ses_[0-9a-z]{26}$/, what: "The session" },
  client_id: { shape: /^cli_[0-9a-z]{5,24}_[0-9a-z]{26}$/, what: "The client" },
  secret_id: { shape: /^sec_[0-9a-z]{26}$/, what: "The secret" },
  key_id: { shape: /^key_[0-9a-z]{26}$/, what: "The API key" },
  kid: { shape: KID, what: "The signing key" },
  event_id: { shape: /^evt_[0-9a-z]{26}$/, what: "The event" },
  scope: { shape: SCOPE_NAME, what: "The scope" },
  invitation_id: { shape: /^ott_[0-9a-z]{26}$/, what: "The invitation" },
  connection: { shape: CONNECTION_NAME, what: "The connection" },
} as const;

type PathId = keyof typeof PATH_IDS;

function readId({ params }: GuardInput, name: PathId): string {
  const { shape, what } = PATH_IDS[name];
  const id = params[name] ?? "";
  return shape.test(id) ? id : failNotFound(what);
}

export type ByKey = { app: App; by: Actor };

/** Whether that user exists in this App is the verb's to find out. */
export const userInPath: Guard<ByKey & { userId: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, userId: readId(input, "user_id") };
};

/** The user exists: for what hangs on a user, which would otherwise be an empty list. */
export const livingUserInPath: Guard<ByKey & { userId: string }> = async (input) => {
  const found = await userInPath(input);
  await getUser(found.app.id, found.userId);
  return found;
};

export const sessionInPath: Guard<ByKey & { userId: string; sessionId: string }> = async (input) => {
  const found = await livingUserInPath(input);
  return { ...found, sessionId: readId(input, "session_id") };
};

export const connectedAppInPath: Guard<ByKey & { userId: string; clientId: string }> = async (input) => {
  const found = await livingUserInPath(input);
  return { ...found, clientId: readId(input, "client_id") };
};

/** A client of the App. */
export const clientInPath: Guard<ByKey & { client: Client }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, client: await getClient(found.app.id, readId(input, "client_id")) };
};

export const secretInPath: Guard<ByKey & { client: Client; secretId: string }> = async (input) => {
  const found = await clientInPath(input);
  return { ...found, secretId: readId(input, "secret_id") };
};

export const keyInPath: Guard<ByKey & { keyId: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, keyId: readId(input, "key_id") };
};

export const signingKeyInPath: Guard<ByKey & { kid: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, kid: readId(input, "kid") };
};

export const eventInPath: Guard<ByKey & { eventId: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, eventId: readId(input, "event_id") };
};

export const scopeInPath: Guard<ByKey & { scope: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, scope: readId(input, "scope") };
};

export const invitationInPath: Guard<ByKey & { invitationId: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, invitationId: readId(input, "invitation_id") };
};

export const ownConnectionInPath: Guard<ByKey & { connection: string }> = async (input) => {
  const found = await apiKey(input);
  return { ...found, connection: readId(input, "connection") };
};
