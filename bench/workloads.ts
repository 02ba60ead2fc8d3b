/** The workloads: one entry per line of the table. */
import type { Ground } from "./ground";
import type { Exchange } from "./load";
import { passkeyExchange } from "./passkeys";

export interface Workload {
  id: string;
  name: string;
  /** The number of callers. Each waits for a response before its next request. */
  callers: number;
  seconds: number;
  /** `server` by default. */
  against?: "server" | "next";
  exchange(ground: Ground): Exchange | Promise<Exchange>;
}

const json = { "Content-Type": "application/json" };

export const WORKLOADS: Workload[] = [
  {
    id: "live",
    name: "GET /api/health/live",
    callers: 32,
    seconds: 4,
    exchange: () => ({ path: "/api/health/live", status: 200 }),
  },
  {
    id: "jwks",
    name: "GET /o/{app}/jwks",
    callers: 32,
    seconds: 4,
    exchange: ({ app }) => ({ path: `/o/${app.app_id}/jwks`, status: 200 }),
  },
  {
    id: "jwks-next",
    name: "GET /o/{app}/jwks by next start",
    callers: 32,
    seconds: 4,
    against: "next",
    exchange: ({ app }) => ({ path: `/o/${app.app_id}/jwks`, status: 200 }),
  },
  {
    id: "me",
    name: "GET /api/me",
    callers: 32,
    seconds: 4,
    exchange: async (ground) => meExchange(await ground.sessions(32)),
  },
  {
    id: "refresh",
    name: "POST /api/auth/refresh/{app}",
    callers: 16,
    seconds: 4,
    exchange: async (ground) => refreshExchange(ground, await ground.sessions(16)),
  },
  {
    id: "signup",
    name: "POST …/credentials/signup/{app}",
    callers: 16,
    seconds: 5,
    exchange: signupExchange,
  },
  {
    id: "passkey",
    name: "POST /api/auth/passkey/{app}",
    callers: 16,
    seconds: 5,
    exchange: passkeyExchange,
  },
];

/** Sign-ins of random users. */
export function loginExchange({ app, key, password, users }: Ground): Exchange {
  return {
    method: "POST",
    path: `/api/auth/credentials/login/${app.app_id}`,
    status: 200,
    headers: { ...json, ...key },
    body: JSON.stringify({ email: "user-{random}@rows.example", password }),
    random: users,
  };
}

/** Sign-ups of new users. */
export function signupExchange({ app, key, password }: Ground): Exchange {
  return {
    method: "POST",
    path: `/api/auth/credentials/signup/${app.app_id}`,
    status: 201,
    headers: { ...json, ...key },
    body: JSON.stringify({ email: "new-{unique}@example.com", password }),
  };
}

/** Each caller refreshes its own session, because a used token only returns the same successor. */
export function refreshExchange({ app }: Ground, sessions: { refresh_token: string }[]): Exchange {
  return {
    method: "POST",
    path: `/api/auth/refresh/${app.app_id}`,
    status: 200,
    headers: json,
    body: '{"refresh_token":"{carried}"}',
    carry: { field: "refresh_token", first: sessions.map(({ refresh_token }) => refresh_token) },
  };
}

/** The newest 20 users of the app; with `q`, the search results. */
export function usersExchange({ app, key }: Ground, q?: string): Exchange {
  return { path: `/api/v1/apps/${app.app_id}/users?limit=20${q ? `&q=${q}` : ""}`, status: 200, headers: key };
}

export function meExchange(sessions: { token: string }[]): Exchange {
  return { path: "/api/me", status: 200, vary: sessions.map(({ token }) => ({ Authorization: `Bearer ${token}` })) };
}
