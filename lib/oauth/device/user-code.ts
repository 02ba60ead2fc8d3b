/** User codes of the device grant (RFC 8628 §6.1): eight consonants, which a user types. */
import { randomInt } from "node:crypto";

/** Without vowels, so that no code is a word. 20 to the power of 8 codes are 34 bits. */
const LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const LENGTH = 8;
const CODE = new RegExp(`^[${LETTERS}]{${LENGTH}}$`);

export function newUserCode(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join("");
}

/** `WDJB-MJHT`, as the device shows it. */
export function formatUserCode(code: string): string {
  return `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;
}

/** The code that a user typed, without regard to case, dashes and spaces. null if it can't be one. */
export function readUserCode(typed: string): string | null {
  const code = typed.replace(/[\s\p{Pd}\u2212_.]/gu, "").toUpperCase();
  return CODE.test(code) ? code : null;
}
