/** Users with passkeys, and the calls of the API that register and use them. */
import { ask } from "./account";
import { Authenticator, type Faults } from "./authenticator";
import type { TestResponse } from "./call";
import { TEST_PUBLIC_URL } from "./environment";
import { someEmail, someSession, type TestSession } from "./factories";

interface AppId {
  id: string;
}

export const passkeys = {
  creationOptions: (app: AppId, by: { bearer?: string; body?: unknown }): Promise<TestResponse> =>
    ask(`/api/auth/passkey/${app.id}/register/options`, { method: "POST", ...by }),
  register: (app: AppId, by: { bearer?: string; body: unknown }): Promise<TestResponse> =>
    ask(`/api/auth/passkey/${app.id}/register`, by),
  options: (app: AppId): Promise<TestResponse> => ask(`/api/auth/passkey/${app.id}/options`, { body: {} }),
  signIn: (app: AppId, response: unknown, ip?: string): Promise<TestResponse> =>
    ask(`/api/auth/passkey/${app.id}`, { body: { response }, ip }),
  list: (app: AppId, bearer: string): Promise<TestResponse> => ask(`/api/auth/passkey/${app.id}`, { bearer }),
  rename: (app: AppId, bearer: string, id: string, body: unknown): Promise<TestResponse> =>
    ask(`/api/auth/passkey/${app.id}/${id}`, { method: "PATCH", bearer, body }),
  remove: (app: AppId, bearer: string, id: string): Promise<TestResponse> =>
    ask(`/api/auth/passkey/${app.id}/${id}`, { method: "DELETE", bearer }),
};

export function someAuthenticator(options: ConstructorParameters<typeof Authenticator>[1] = {}): Authenticator {
  return new Authenticator(new URL(TEST_PUBLIC_URL).origin, options);
}

/** Registers the authenticator for a signed-in user. */
export async function addPasskey(
  app: AppId,
  bearer: string,
  authenticator: Authenticator,
  faults: Faults = {},
): Promise<TestResponse> {
  const { body: options } = await passkeys.creationOptions(app, { bearer });
  return passkeys.register(app, { bearer, body: { response: authenticator.create(options, faults) } });
}

export interface PasskeyUser extends TestSession {
  authenticator: Authenticator;
  passkeyId: string;
  recoveryCodes: string[];
}

/** A user with a passkey. */
export async function somePasskeyUser(
  app: AppId,
  authenticator = someAuthenticator(),
  email = someEmail(),
): Promise<PasskeyUser> {
  const session = await someSession(app.id, email);
  const { body } = await addPasskey(app, session.token, authenticator);
  return { ...session, authenticator, passkeyId: body.id, recoveryCodes: body.recovery_codes };
}

/** Signs in with new options. */
export async function signInWith(app: AppId, authenticator: Authenticator, faults: Faults = {}): Promise<TestResponse> {
  const { body: options } = await passkeys.options(app);
  return passkeys.signIn(app, authenticator.get(options, faults));
}
