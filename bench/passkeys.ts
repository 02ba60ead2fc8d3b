/** Sign-ins with passkeys. Each answer works once, so all of them are signed before the measurement. */
import { Authenticator } from "@/test/support/authenticator";
import type { Ground, Session } from "./ground";
import type { Exchange } from "./load";

const USERS = 16;
/** More than a run of 5 s with its warm-up uses up. */
const ANSWERS = 10_000;

async function post(ground: Ground, path: string, body: object, token?: string) {
  const response = await fetch(`http://localhost:${ground.server.port}/api/auth/passkey/${ground.app.app_id}${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...(token && { Authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function register(ground: Ground, { token }: Session): Promise<Authenticator> {
  // The counters of other passkeys would need the order in which the answers were signed.
  const authenticator = new Authenticator(new URL(ground.app.issuer).origin, { synced: true });
  const options = await post(ground, "/register/options", {}, token);
  await post(ground, "/register", { response: authenticator.create(options) }, token);
  return authenticator;
}

export async function passkeyExchange(ground: Ground): Promise<Exchange> {
  const authenticators: Authenticator[] = [];
  for (const session of await ground.sessions(USERS)) authenticators.push(await register(ground, session));
  const values: Record<string, string>[] = [];
  while (values.length < ANSWERS) {
    const answers = authenticators.map(async (one) => JSON.stringify(one.get(await post(ground, "/options", {}))));
    for (const answer of await Promise.all(answers)) values.push({ answer });
  }
  return {
    method: "POST",
    path: `/api/auth/passkey/${ground.app.app_id}`,
    status: 200,
    headers: { "Content-Type": "application/json" },
    body: '{"response":{answer}}',
    each: { values, once: true },
  };
}
