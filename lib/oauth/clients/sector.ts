/** The sector of a client with pairwise subjects (OIDC Core §8.1). */
import { isOutboundError, outboundFetch } from "../../outbound";
import type { ClientMetadata } from "./client";

type SectorFacts = Pick<ClientMetadata, "subject_type" | "sector_identifier_uri" | "redirect_uris">;

function hostsOf(uris: string[]): Set<string> {
  // Another check reports malformed URIs.
  return new Set(uris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).hostname));
}

/** The host of `sector_identifier_uri`; without one, the only host of the redirect URIs, or null. */
export function sectorOf({ sector_identifier_uri: uri, redirect_uris }: SectorFacts): string | null {
  if (uri) return new URL(uri).hostname;
  const [only, ...others] = hostsOf(redirect_uris);
  // A custom scheme has no host that the client controls.
  const haveHosts = redirect_uris.every((one) => /^https?:/i.test(one));
  return only !== undefined && others.length === 0 && haveHosts ? only : null;
}

/** Field → problem. */
export function sectorProblems(client: SectorFacts): Record<string, string> {
  if (client.subject_type !== "pairwise" || sectorOf(client)) return {};
  return {
    subject_type: "pairwise needs redirect URIs with one host, or a sector_identifier_uri (OIDC Core §8.1)",
  };
}

const MAX_BYTES = 64 * 1024;
const TIMEOUT_MS = 5000;

function failedFetch(reason: string): { problem: string } {
  return { problem: `must return a JSON list of redirect URIs (OIDC Core §8.1). ${reason}` };
}

async function fetchUris(uri: string): Promise<{ uris: string[] } | { problem: string }> {
  try {
    const response = await outboundFetch(uri, {
      headers: { accept: "application/json" },
      maxBytes: MAX_BYTES,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status !== 200) return failedFetch(`It answered ${response.status}`);
    const uris: unknown = await response.json();
    if (Array.isArray(uris) && uris.every((one) => typeof one === "string")) return { uris };
    return failedFetch("It returned something else");
  } catch (error) {
    if (isOutboundError(error)) return failedFetch(error.message);
    return failedFetch("It returned no JSON");
  }
}

/**
 * The redirect URIs that a client's `sector_identifier_uri` lists. null if nothing needs a check:
 * Foyer reads the list when the client's URIs change, and never at a sign-in.
 */
export async function readSector(
  client: SectorFacts,
  before: SectorFacts | null,
): Promise<{ uris: string[] } | { problem: string } | null> {
  const { sector_identifier_uri: uri, redirect_uris } = client;
  if (!uri) return null;
  const isChecked =
    before?.sector_identifier_uri === uri && redirect_uris.every((one) => before.redirect_uris.includes(one));
  return isChecked ? null : fetchUris(uri);
}

/** Field → problem, by what `readSector` returned. */
export function sectorListProblems(
  { redirect_uris }: SectorFacts,
  read: Awaited<ReturnType<typeof readSector>>,
): Record<string, string> {
  if (!read) return {};
  if ("problem" in read) return { sector_identifier_uri: read.problem };
  const absent = redirect_uris.find((uri) => !read.uris.includes(uri));
  return absent === undefined ? {} : { sector_identifier_uri: `must list every redirect URI. It lacks ${absent}` };
}
