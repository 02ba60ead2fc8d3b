/** Email addresses: validation, normalization and the canonical form that decides equality. */
import { domainToASCII, domainToUnicode } from "node:url";

export interface EmailAddress {
  /** For display and delivery: trimmed, in lower case, with the domain in NFKC and in Unicode. */
  email: string;
  /** The same with the domain as A-labels, in ASCII (RFC 5890 §2.3.2.1). It decides equality. */
  canonical: string;
}

const MAX_LENGTH = 254; // RFC 5321 §4.5.3.1.3
const MAX_LOCAL_LENGTH = 64; // RFC 5321 §4.5.3.1.1
const LOCAL_PART = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/i; // RFC 5322 §3.2.3, dot-atom
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const INVISIBLE = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|\p{Default_Ignorable_Code_Point}/u;
/**
 * ASCII characters that no host name contains. domainToASCII would stop at some of them (`/ ? # \`)
 * and decode others (`%61`).
 */
const FOREIGN_ASCII = /[^a-z0-9.\-\u0080-\u{10ffff}]/u;

/**
 * null unless the text is one plain email address. Characters that look like `@`, lists, and quoted
 * or non-ASCII local parts are rejected before normalization, which therefore can't turn a text
 * into another person's address.
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
