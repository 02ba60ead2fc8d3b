/** Why the hashes were not handed out, as the address of the page says it, and in words. */
import type { AppError } from "@/lib/errors";

const PROBLEMS: Record<string, { code: string; words: string }> = {
  password: { code: "invalid_request", words: "This is not your password." },
  sign_in: {
    code: "reauthentication_required",
    words: "Your sign-in is too long ago. Log out and in again, then export within five minutes.",
  },
  later: { code: "rate_limited", words: "Too many attempts. Try again later." },
};

/** null: nothing that the page could say. */
export function errorCodeOf({ code }: AppError): string | null {
  return Object.keys(PROBLEMS).find((name) => PROBLEMS[name]?.code === code) ?? null;
}

export function errorMessage(problem: unknown): string | undefined {
  return typeof problem === "string" && Object.hasOwn(PROBLEMS, problem) ? PROBLEMS[problem]?.words : undefined;
}
