/** E-mail addresses: what is one, and when two are the same. */
import { domainToASCII, domainToUnicode } from "node:url";

export interface EmailAddress {
  /** Shown and written to: trimmed, NFKC, lower case. */
  email: string;
  /** The same with the domain in ASCII (RFC 5890): decides equality. */
  canonical: string;
}

const MAX_LENGTH = 254; // RFC 5321 §4.5.3.1.3
const MAX_LOCAL_LENGTH = 64; // RFC 5321 §4.5.3.1.1
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i; // RFC 5322 §3.2.3, dot-atom
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u;
/**
 * ASCII that no host name has. domainToASCII would stop reading at some of it (`/ ? # \`) and
 * decode another (`%61`).
 */
const FOREIGN_ASCII = /[^a-z0-9.\-\u0080-\u{10ffff}]/u;

/**
 * null when it is not one plain address. Look-alikes of `@`, lists, quoted or non-ASCII local parts
 * are refused before anything is normalised, so that normalisation can never turn a harmless text
 * into somebody else's address.
 */
export function parseEmail(raw: string): EmailAddress | null {
  if (raw.length > 2 * MAX_LENGTH || INVISIBLE.test(raw)) return null;
  const trimmed = raw.trim();
  const parts = trimmed.split("@");
  const [local = "", domain = ""] = parts;
  if (parts.length !== 2 || !LOCAL_PART.test(local) || local.length > MAX_LOCAL_LENGTH || /[\s＠﹫]/u.test(domain))
    return null;
  const normalized = domain.normalize("NFKC").toLowerCase();
  if (FOREIGN_ASCII.test(normalized)) return null;
  const ascii = domainToASCII(normalized);
  if (!DOMAIN.test(ascii)) return null;
  const name = local.toLowerCase();
  const canonical = `${name}@${ascii}`;
  return canonical.length <= MAX_LENGTH ? { email: `${name}@${domainToUnicode(ascii)}`, canonical } : null;
}
