/** The client information response (RFC 7591 §3.2.1, RFC 7592 §3). */
import type { App } from "../../apps/apps";
import type { Client } from "../clients/client";
import { describeSettings } from "./client-metadata";

export interface ClientInformation extends Record<string, unknown> {
  client_id: string;
  client_id_issued_at: number;
  client_secret?: string;
  registration_access_token: string;
  registration_client_uri: string;
}

/** What the client says about its software (RFC 7591 §2). Stored, and not used for anything. */
export interface Software {
  software_id?: string;
  software_version?: string;
}

export function softwareOf({ software_id, software_version }: Partial<Record<keyof Software, string | undefined>>) {
  const software: Software = {
    ...(software_id !== undefined && { software_id }),
    ...(software_version !== undefined && { software_version }),
  };
  return software;
}

interface Secrets {
  /** The registration access token, as the client presented it or as it was just created. */
  accessToken: string;
  /** Only at the registration. */
  secret?: string | undefined;
  software: Software;
}

export function clientInformation(app: App, client: Client, { accessToken, secret, software }: Secrets) {
  const information: ClientInformation = {
    client_id: client.id,
    client_id_issued_at: Math.floor(client.createdAt.getTime() / 1000),
    ...(secret !== undefined && { client_secret: secret }),
    // RFC 7591 §3.2.1: 0 if the secret doesn't expire.
    ...(client.secrets.length > 0 && { client_secret_expires_at: 0 }),
    registration_access_token: accessToken,
    registration_client_uri: `${app.issuer}/register/${client.id}`,
    ...describeSettings(client),
    ...software,
  };
  return information;
}
