/**
 * Client configuration endpoint (RFC 7592): a registered client reads, updates and deletes itself
 * with its registration access token. The token doesn't change, so a lost response to an update
 * costs nothing.
 */
import type { App } from "../../apps/apps";
import { equalBytes, sha256 } from "../../crypto/hash";
import { appIdOfSecretToken } from "../../crypto/secret-token";
import { db } from "../../database/client";
import { limitRegistrationUpdates } from "../../limits/registration";
import type { Client } from "../clients/client";
import { clientFromRow, INCLUDE_SECRETS } from "../clients/client-row";
import { changeClient, deleteClient, getClient } from "../clients/clients";
import { oauthFail } from "../errors";
import { type ClientInformation, clientInformation, type Software, softwareOf } from "./client-information";
import { MEMBERS, readMetadata, type SentMetadata, settingsOf } from "./client-metadata";
import { failRegistrationToken, requireRegistration, requireUserGrants, withMetadataErrors } from "./register";

interface Registered {
  client: Client;
  accessToken: string;
  software: Software;
  /** The registration token that it was registered with, or undefined for an open registration. */
  tokenId: string | undefined;
}

/** RFC 7592 §2.1: an unknown client looks like a wrong token. @throws 401, 404 */
export async function authenticateRegistered(app: App, clientId: string, bearer: string | null): Promise<Registered> {
  requireRegistration(app);
  const accessToken = bearer ?? failRegistrationToken("Send the registration access token as a Bearer token");
  const fail = () => failRegistrationToken("The registration access token is not valid for this client");
  if (appIdOfSecretToken("foyer_rat", accessToken) !== app.id || !/^cli_\w{1,60}$/.test(clientId)) return fail();
  const row = await db().oAuthClient.findUnique({
    where: { appId_id: { appId: app.id, id: clientId }, disabledAt: null, source: "dcr" },
    include: INCLUDE_SECRETS,
  });
  const hash = row?.registrationTokenHash;
  if (!row || !hash || !equalBytes(hash, sha256(accessToken))) return fail();
  const metadata = row.metadata as Software & { registration_token_id?: string };
  return {
    client: clientFromRow(row),
    accessToken,
    software: softwareOf(metadata),
    tokenId: metadata.registration_token_id,
  };
}

export function readRegistered(app: App, { client, accessToken, software }: Registered): ClientInformation {
  return clientInformation(app, client, { accessToken, software });
}

const RESPONSE_ONLY = [
  "registration_access_token",
  "registration_client_uri",
  "client_secret_expires_at",
  "client_id_issued_at",
];

/** RFC 7592 §2.2 */
function requireOwnUpdate(body: Record<string, unknown>, client: Client): void {
  if (body.client_id !== client.id)
    oauthFail("invalid_client_metadata", "The member client_id must be the ID of this client", {
      section: "RFC 7592 §2.2",
    });
  const surplus = RESPONSE_ONLY.find((name) => name in body);
  if (surplus)
    oauthFail("invalid_client_metadata", `The member ${surplus} must not be sent in an update`, {
      section: "RFC 7592 §2.2",
    });
  const { client_secret: secret } = body;
  const isCurrent = (text: string) => client.secrets.some(({ hash }) => equalBytes(hash, sha256(text)));
  if (secret !== undefined && secret !== null && !(typeof secret === "string" && isCurrent(secret)))
    oauthFail(
      "invalid_client_metadata",
      "The member client_secret is not the client's secret. A client can't choose it",
      {
        section: "RFC 7592 §2.2",
      },
    );
}

/** The method of an update. It can't turn a public client into a confidential one, or the reverse. */
function methodOf(sent: SentMetadata, client: Client) {
  const current = client.token_endpoint_auth_method;
  // The default that the response named, sent back, changes nothing.
  const isDefault = current === null && sent.token_endpoint_auth_method === "client_secret_basic";
  const method = isDefault ? current : (sent.token_endpoint_auth_method ?? current);
  const needsSecret = method === "client_secret_basic" || method === "client_secret_post";
  if ((method === "none") !== client.public || (needsSecret && client.secrets.length === 0))
    oauthFail(
      "invalid_client_metadata",
      "The member token_endpoint_auth_method can't change between methods with a secret, without one and none. Register a new client",
    );
  return method;
}

/** Replaces all metadata: an absent member gets its default (RFC 7592 §2.2). */
export async function updateRegistered(
  app: App,
  { client, accessToken, software, tokenId }: Registered,
  body: Record<string, unknown>,
): Promise<ClientInformation> {
  await limitRegistrationUpdates(app.id, client.id);
  requireOwnUpdate(body, client);
  const sent = readMetadata(body);
  const settings = await settingsOf(sent, app, methodOf(sent, client), client);
  requireUserGrants(settings, tokenId);
  const change = Object.fromEntries([...MEMBERS, "scopes" as const].map((name) => [name, settings[name]]));
  await withMetadataErrors(() => changeClient(app.id, client.id, () => change, { type: "client", id: client.id }));
  return clientInformation(app, await getClient(app.id, client.id), { accessToken, software });
}

export function deleteRegistered(app: App, { client }: Registered): Promise<void> {
  return deleteClient(app.id, client.id, { type: "client", id: client.id });
}
