/**
 * Demo data: a few hundred users and their audit events of two weeks. The same ones in each run.
 */
import { eventRow, type NewEvent } from "@/lib/audit/events";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { newId } from "@/lib/ids";

const USERS = 320;
const DAYS = 15;
const DAY_MS = 86_400_000;

const FIRST =
  "Ada Ben Cleo Dan Eva Finn Gia Hugo Ida Jon Kim Leo Mia Noa Oki Pia Quin Rosa Sam Tea Uli Vera Wim Xenia Yan Zoe";
const LAST =
  "Abel Brook Castell Dahl Eng Falk Grau Holm Iver Jansen Kovac Lind Marsh Noor Olsen Park Quist Rey Sato Thorn Usman Voss Wahl Yun Zola";
const METHODS = ["password", "password", "password", "magic_link", "github"];
const AGENTS = [
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15",
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0",
];

/** Pseudorandom numbers, the same in each run (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomNumbers(20);

function one<T>(of: readonly T[]): T {
  return of[Math.floor(random() * of.length)] as T;
}

/** Runs `make` with the clock at that moment, so that IDs sort by time. */
function at<T>(moment: number, make: () => T): T {
  freezeClock(new Date(moment));
  try {
    return make();
  } finally {
    freezeClock(null);
  }
}

type Row = ReturnType<typeof eventRow> & { groupKey?: string; count?: number };

function event(appId: string, moment: number, of: NewEvent): Row {
  const ip = `198.51.100.${1 + Math.floor(random() * 250)}`;
  return at(moment, () => ({ ...eventRow(appId, of), ip, userAgent: one(AGENTS) }));
}

/** More often by day than by night, and more often recently. */
function someMoment(end: number, since: number): number {
  const day = Math.floor(end / DAY_MS) * DAY_MS - Math.floor((end - since) / DAY_MS) * DAY_MS * random() ** 1.4;
  return Math.min(end - 60_000, Math.max(since, day + (7 + 15 * Math.sqrt(random())) * 3_600_000));
}

function signIn(appId: string, userId: string, moment: number): Row {
  const explanation = { method: one(METHODS) };
  return event(appId, moment, { type: "user.signed_in", actor: { type: "user", id: userId }, userId, explanation });
}

function rejectedRequest(appId: string, clientId: string, moment: number): Row {
  const explanation = {
    endpoint: `/o/${appId}/authorize`,
    description:
      "The redirect_uri is not registered for this client. It differs from the nearest registered one in its path.",
    section: "RFC 9700 §2.1",
    sent: "http://127.0.0.1:3001/callback/old",
    registered: ["http://127.0.0.1:3001/callback"],
  };
  const actor = { type: "client", id: clientId } as const;
  const of = {
    type: "oauth.rejected",
    outcome: "rejected",
    actor,
    clientId,
    reason: "invalid_request",
    explanation,
  } as const;
  return { ...event(appId, moment, of), groupKey: `demo/${moment}`, count: 1 + Math.floor(random() * 4) };
}

export async function createDemoUsers(appId: string, clientId: string): Promise<void> {
  const end = now().getTime();
  const begin = end - DAYS * DAY_MS;
  const events: Row[] = [];
  const users = Array.from({ length: USERS }, (_, index) => {
    const born = someMoment(end, begin);
    const [first, last] = [one(FIRST.split(" ")), one(LAST.split(" "))];
    const email = `${first}.${last}${index}@example.com`.toLowerCase();
    const id = at(born, () => newId("usr"));
    const method = one(METHODS);
    const by = { actor: { type: "user", id }, userId: id } as const;
    events.push(event(appId, born, { type: "user.signed_up", ...by, explanation: { method } }));
    const visits = Array.from({ length: Math.floor(random() ** 2 * 14) }, () => someMoment(end, born));
    for (const visit of visits) events.push(signIn(appId, id, visit));
    if (random() < 0.12) {
      const reason = "wrong_password";
      const failed = { type: "user.sign_in_failed", outcome: "failure", ...by, reason } as const;
      events.push(event(appId, someMoment(end, born), failed));
    }
    const created = new Date(born);
    return {
      appId,
      id,
      email,
      emailCanonical: email,
      name: random() < 0.9 ? `${first} ${last}` : null,
      emailVerifiedAt: method === "password" && random() < 0.4 ? null : created,
      createdAt: created,
      updatedAt: created,
      lastSignInAt: new Date(Math.max(born, ...visits)),
      disabledAt: random() < 0.02 ? new Date(end) : null,
    };
  });
  for (let index = 0; index < 9; index++) events.push(rejectedRequest(appId, clientId, someMoment(end, begin)));
  await db().user.createMany({ data: users });
  await db().auditEvent.createMany({ data: events });
}
