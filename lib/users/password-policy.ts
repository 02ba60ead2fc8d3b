/**
 * The password policy (NIST SP 800-63B-4 §3.1.1): a minimum length, no common password, and none
 * that is the email address or the app's name.
 */
import { dictionary } from "@zxcvbn-ts/language-common";
import { processState } from "../process-state";

export const MAX_PASSWORD_BYTES = 1024;

function commonPasswords(): Set<string> {
  return processState("common-passwords", () => {
    const words = Object.entries(dictionary).flatMap(([name, list]) => (name.startsWith("passwords") ? list : []));
    return new Set(words.filter((word) => typeof word === "string" && word.length >= 8));
  });
}

/** What an attacker tries first for this account. */
export interface PasswordContext {
  email: string | null;
  appName: string;
}

/** Letters and digits only, so that "Photo-Blog" is the same as "photo blog". */
function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** Also the part of the email address before the @, which is often the name of the account. */
function contextProblem(password: string, { email, appName }: PasswordContext): string | null {
  const same = (text: string | null | undefined) => Boolean(text && plain(text) && plain(password) === plain(text));
  if (same(email) || same(email?.split("@")[0])) return "must not be the email address; choose another";
  return same(appName) ? "must not be the name of the app; choose another" : null;
}

/** The problem of a new password, or null. Its length is counted in code points, as people see it. */
export function passwordProblem(password: string, minimumLength: number, context: PasswordContext): string | null {
  const length = [...password.normalize("NFC")].length;
  if (length < minimumLength) return `needs at least ${minimumLength} characters`;
  if (Buffer.byteLength(password) > MAX_PASSWORD_BYTES) return `must have at most ${MAX_PASSWORD_BYTES} bytes`;
  if (commonPasswords().has(password.toLowerCase())) return "is one of the most common passwords; choose another";
  return contextProblem(password, context);
}
