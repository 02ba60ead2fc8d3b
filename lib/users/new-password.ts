/** The rules of a new password, and the columns that store it. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import { fail, failInput } from "../errors";
import { hashPassword } from "./password-hashing";
import { passwordProblem } from "./password-policy";

/** @throws 403 if the app doesn't use passwords */
export function requirePasswordsEnabled(app: App): void {
  if (app.settings.methods.password) return;
  fail(403, "method_disabled", "This app doesn't use passwords. An owner of the app can enable them in its settings.");
}

/** @throws 400 that names `field`, if the password is too weak */
export function requireAcceptablePassword(app: App, password: string, field = "password"): void {
  const problem = passwordProblem(password, app.settings.password_minimum_bytes);
  if (problem) failInput({ [field]: problem });
}

/** @throws 400 that names `field`, if the password is too weak */
export async function newPasswordColumns(app: App, password: string, field = "password") {
  requireAcceptablePassword(app, password, field);
  return { passwordHash: await hashPassword(password), passwordChangedAt: now() };
}
