/** Errors of the password check before a hash export: codes for the URL, and messages. */
import type { AppError } from "@/lib/errors";

const ERRORS: Record<string, { code: string; message: string }> = {
  password: { code: "invalid_request", message: "The password is wrong." },
  sign_in: {
    code: "reauthentication_required",
    message: "Your last sign-in was too long ago. Sign out and in again, then export within five minutes.",
  },
  later: { code: "rate_limited", message: "Too many attempts. Try again later." },
};

/** null: an error that the page doesn't handle. */
export function errorCodeOf({ code }: AppError): string | null {
  return Object.keys(ERRORS).find((name) => ERRORS[name]?.code === code) ?? null;
}

export function errorMessage(problem: unknown): string | undefined {
  return typeof problem === "string" && Object.hasOwn(ERRORS, problem) ? ERRORS[problem]?.message : undefined;
}
