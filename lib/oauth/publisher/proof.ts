/** Looks for the proof of a domain: a DNS TXT record, or a well-known file (RFC 8615). */
import { Resolver } from "node:dns/promises";
import { isOutboundError, outboundFetch } from "../../outbound";
import { dnsRecord, type Proof, proofFile } from "./domain";

const DNS_TIMEOUT_MS = 5000;
const FILE_TIMEOUT_MS = 5000;
const MAX_FILE_BYTES = 16 * 1024;

export type ProofMethod = "dns" | "file";

/** What was found, per method: null if it proves the domain, otherwise the reason. */
export type ProofResult = Record<ProofMethod, string | null>;

type ResolveTxt = (name: string) => Promise<string[][]>;

function resolveTxt(name: string): Promise<string[][]> {
  return new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 1 }).resolveTxt(name);
}

const MISSING = new Set(["ENOTFOUND", "ENODATA"]);

async function checkDns(proof: Proof, resolve: ResolveTxt): Promise<string | null> {
  const { name, value } = dnsRecord(proof);
  try {
    // A long value is split into several strings.
    const records = (await resolve(name)).map((parts) => parts.join("").trim());
    return records.includes(value) ? null : `${name} has TXT records, but none of them has this value.`;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    return MISSING.has(code) ? `${name} has no TXT record.` : `The DNS query for ${name} failed (${code}).`;
  }
}

async function checkFile(proof: Proof): Promise<string | null> {
  const { url, line } = proofFile(proof);
  try {
    const signal = AbortSignal.timeout(FILE_TIMEOUT_MS);
    // A redirect proves nothing: sites redirect to other domains.
    const response = await outboundFetch(url, { signal, maxBytes: MAX_FILE_BYTES });
    if (response.status !== 200) return `${url} answered ${response.status} instead of 200.`;
    const lines = (await response.text()).split(/\r?\n/).map((each) => each.trim());
    return lines.includes(line) ? null : `${url} exists, but has no line with this value.`;
  } catch (error) {
    if (isOutboundError(error)) return `${error.message}.`;
    throw error;
  }
}

/** @param resolve replaces the DNS query in tests */
export async function findProof(proof: Proof, resolve: ResolveTxt = resolveTxt): Promise<ProofResult> {
  const [dns, file] = await Promise.all([checkDns(proof, resolve), checkFile(proof)]);
  return { dns, file };
}

export function provenBy({ dns, file }: ProofResult): ProofMethod | null {
  return dns === null ? "dns" : file === null ? "file" : null;
}
