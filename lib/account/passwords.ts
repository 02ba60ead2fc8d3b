/** What a new password takes, whoever sets it and wherever. */
import type { App } from "../apps/apps";
import { now } from "../clock";
import { fail, failInput } from "../errors";
import { hashPassword } from "../users/password-hashing";
import { passwordProblem } from "../users/password-policy";

/** 403 where the App uses none. */
export function requirePasswords(app: App): void {
  if (!app.settings.methods.password)
    fail(403, "method_disabled", "This App does not use passwords. Its owner can switch them on in the settings.");
}

/** The columns of a new password; 400 that names the field when it is too weak. */
export async function newPassword(app: App, password: string, field: string) {
  const problem = passwordProblem(password, app.settings.password_minimum_bytes);
  if (problem) failInput({ [field]: problem });
  return { passwordHash: await hashPassword(password), passwordChangedAt: now() };
}
