/** The password policy (NIST SP 800-63B-4 §3.1.1): a minimum length, and no common password. */
import { dictionary } from "@zxcvbn-ts/language-common";
import { processState } from "../process-state";

export const MAX_PASSWORD_BYTES = 1024;

function commonPasswords(): Set<string> {
  return processState("common-passwords", () => {
    const words = Object.entries(dictionary).flatMap(([name, list]) => (name.startsWith("passwords") ? list : []));
    return new Set(words.filter((word) => typeof word === "string" && word.length >= 8));
  });
}

/** The problem of a new password, or null. */
export function passwordProblem(password: string, minimumBytes: number): string | null {
  const bytes = Buffer.byteLength(password);
  if (bytes < minimumBytes) return `needs at least ${minimumBytes} characters`;
  if (bytes > MAX_PASSWORD_BYTES) return `must have at most ${MAX_PASSWORD_BYTES} bytes`;
  if (commonPasswords().has(password.toLowerCase())) return "is one of the most common passwords; choose another";
  return null;
}
