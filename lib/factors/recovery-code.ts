/** Recovery codes as text: 16 characters of Crockford's base 32 (80 bits), in groups of four. */
import { randomBytes } from "node:crypto";
import { type Digest, sha256 } from "../crypto/hash";
import { readDigits } from "../text/digits";

/** Without I, L, O and U, which are confused with other characters. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const LENGTH = 16;

/** `7k3m-9qxa-t2vb-c8dr` */
export function newRecoveryCode(): string {
  const text = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join("");
  return text.match(/.{4}/g)?.join("-") ?? text;
}

/**
 * The stored form: 80 random bits need no slow hash. App and user are part of it, so that equal
 * codes don't look alike. Spaces, hyphens, capitals, `O` for 0 and `I` or `L` for 1 don't matter.
 */
export function hashRecoveryCode(appId: string, userId: string, typed: string): Digest {
  const code = readDigits(typed).toLowerCase().replaceAll("o", "0").replaceAll(/[il]/g, "1");
  return sha256(`recovery-code/${appId}/${userId}/${code}`);
}
