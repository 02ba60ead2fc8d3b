/**
 * What a client's settings need from elsewhere before they are stored: the list at its
 * `sector_identifier_uri`, and the signing keys of its algorithms.
 */
import { getSigningKey } from "../../apps/signing-keys";
import { failInput } from "../../errors";
import type { ClientMetadata } from "./client";
import { readSector, sectorListProblems } from "./sector";

/** Outside of the transaction that stores the client, which must not wait for another server. @throws 400 */
export async function prepareClient(
  appId: string,
  client: ClientMetadata,
  before: ClientMetadata | null = null,
): Promise<void> {
  const problems = sectorListProblems(client, await readSector(client, before));
  if (Object.keys(problems).length > 0) failInput(problems);
  const { id_token_signed_response_alg, userinfo_signed_response_alg } = client;
  const { authorization_signed_response_alg, introspection_signed_response_alg } = client;
  const algs = [id_token_signed_response_alg, authorization_signed_response_alg, introspection_signed_response_alg];
  for (const alg of new Set(userinfo_signed_response_alg ? [...algs, userinfo_signed_response_alg] : algs))
    await getSigningKey(appId, alg);
}
