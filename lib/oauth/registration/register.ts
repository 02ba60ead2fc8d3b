/** Dynamic client registration (RFC 7591): who may register, and the registered client. */
import type { App } from "../../apps/apps";
import { secondsFromNow } from "../../clock";
import { sha256 } from "../../crypto/hash";
import { newSecretToken } from "../../crypto/secret-token";
import { invalidate } from "../../database/cache";
import { transaction } from "../../database/client";
import { isAppError } from "../../errors";
import { limitRegistrationAttempts, limitRegistrations } from "../../limits/registration";
import type { ClientMetadata } from "../clients/client";
import { clientFromRow } from "../clients/client-row";
import { insertClient } from "../clients/clients";
import { prepareClient } from "../clients/prepare";
import { requireValid } from "../clients/validation";
import { oauthFail } from "../errors";
import { listScopes } from "../scopes/scopes";
import { type ClientInformation, clientInformation, softwareOf } from "./client-information";
import { failMetadata, readMetadata, type SentMetadata, settingsOf } from "./client-metadata";
import { type RegistrationPolicy, registrationPolicy, TOKEN_ONLY_GRANTS, UNUSED_AFTER_SECONDS } from "./policy";
import { findRegistrationToken } from "./tokens";

export interface RegistrationPermit {
  policy: RegistrationPolicy;
  /** The registration token that was presented, or null for an open registration. */
  tokenId: string | null;
}

/** @throws 404 if the app doesn't allow registration */
export function requireRegistration(app: App): RegistrationPolicy {
  const policy = registrationPolicy(app);
  if (policy.registration !== "off") return policy;
  return oauthFail("invalid_request", "This app does not allow dynamic client registration", { status: 404 });
}

/** RFC 6750 §3 */
export function failRegistrationToken(description: string): never {
  oauthFail("invalid_token", description, {
    section: "RFC 7591 §3",
    headers: { "WWW-Authenticate": `Bearer realm="foyer", error="invalid_token", error_description="${description}"` },
  });
}

/** Decides before the body is read. Without a valid token, the attempt counts. @throws 401, 404, 429 */
export async function permitRegistration(app: App, bearer: string | null): Promise<RegistrationPermit> {
  const policy = requireRegistration(app);
  const tokenId = bearer ? await findRegistrationToken(app.id, bearer) : null;
  if (tokenId) return { policy, tokenId };
  await limitRegistrationAttempts(app.id);
  if (bearer) return failRegistrationToken("The registration token is unknown, expired or revoked");
  if (policy.registration === "token") return failRegistrationToken("Registration requires a registration token");
  return { policy, tokenId };
}

type Method = ClientMetadata["token_endpoint_auth_method"];

/**
 * RFC 7591 §3.2.1: the server may replace a requested value. The response names the actual one.
 * @returns null for a client that named none: it may send its secret either way, as libraries do
 * that use client_secret_post for every client (openid-client)
 */
function methodOf(sent: SentMetadata, { policy, tokenId }: RegistrationPermit): Method {
  if (policy.publicOnly && !tokenId) return "none";
  return sent.token_endpoint_auth_method ?? (policy.publicByDefault ? "none" : null);
}

/** @param tokenId of the registration token that the client was registered with */
export function requireUserGrants(settings: ClientMetadata, tokenId: string | null | undefined): void {
  const grant = tokenId ? undefined : settings.grant_types.find((type) => TOKEN_ONLY_GRANTS.includes(type));
  if (grant) failMetadata({ grant_types: `may contain ${grant} only with a registration token` });
}

/** Validation errors of clients, with the codes of RFC 7591 §3.2.2. */
export async function withMetadataErrors<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    if (isAppError(error) && error.options.fields) failMetadata(error.options.fields);
    throw error;
  }
}

/** Registers a client. Its secret and its registration access token are only in the return value. */
export async function registerClient(
  app: App,
  permit: RegistrationPermit,
  body: Record<string, unknown>,
): Promise<ClientInformation> {
  const sent = readMetadata(body);
  const settings = await settingsOf(sent, app, methodOf(sent, permit));
  requireUserGrants(settings, permit.tokenId);
  const known = await listScopes(app.id);
  await withMetadataErrors(() => requireValid(known, settings));
  await withMetadataErrors(() => prepareClient(app.id, settings));
  if (!permit.tokenId) await limitRegistrations(app.id);
  const accessToken = newSecretToken("foyer_rat", app.id);
  const software = softwareOf(sent);
  const { row, secret } = await transaction((tx) =>
    insertClient(
      tx,
      app.id,
      settings,
      { type: "client" },
      {
        source: "dcr",
        registrationTokenHash: sha256(accessToken),
        checkUnusedAt: permit.tokenId ? null : secondsFromNow(UNUSED_AFTER_SECONDS),
        metadata: { ...software, ...(permit.tokenId && { registration_token_id: permit.tokenId }) },
      },
    ),
  );
  invalidate(app.id);
  return clientInformation(app, clientFromRow(row), { accessToken, secret, software });
}
