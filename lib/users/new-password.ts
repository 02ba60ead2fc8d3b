/** The rules of a new password, and the columns that store it. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import { fail, failInput } from "../errors";
import { BREACHED_PROBLEM, isBreached } from "./breached-passwords";
import { hashPassword } from "./password-hashing";
import { passwordProblem } from "./password-policy";

/** @throws 403 if the app doesn't use passwords */
export function requirePasswordsEnabled(app: App): void {
  if (app.settings.methods.password) return;
  fail(403, "method_disabled", "This app doesn't use passwords. An owner of the app can enable them in its settings.");
}

export interface NewPassword {
  password: string;
  /** Of the user. */
  email: string | null;
  /** The name of the input. */
  field?: string;
}

/** @throws 400 that names the field, if the password is too weak */
export function requireAcceptablePassword(app: App, { password, email, field = "password" }: NewPassword): void {
  const problem = passwordProblem(password, app.settings.password_minimum_bytes, { email, appName: app.name });
  if (problem) failInput({ [field]: problem });
}

/**
 * Call it outside a transaction: it may wait for another service, and for its turn to hash.
 * @throws 400 that names the field, if the password is too weak or was published in a leak
 */
export async function newPasswordColumns(app: App, input: NewPassword) {
  requireAcceptablePassword(app, input);
  if (await isBreached(app, input.password)) failInput({ [input.field ?? "password"]: BREACHED_PROBLEM });
  return { passwordHash: await hashPassword(input.password), passwordChangedAt: now() };
}
