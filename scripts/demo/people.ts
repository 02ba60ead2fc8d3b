/** Demo data: a few hundred users with what they did in a month. The same ones in each run. */
import { randomBytes } from "node:crypto";
import { eventRow, type NewEvent } from "@/lib/audit/events";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { newId } from "@/lib/ids";
import { chance, one, random, someMoment } from "./random";

const USERS = 320;
const DAYS = 30;
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
/** The blocks for documentation (RFC 5737). */
const NETWORKS = ["192.0.2", "198.51.100", "203.0.113"];

/** Runs `make` with the clock at that moment, so that IDs sort by time. */
function at<T>(moment: number, make: () => T): T {
  freezeClock(new Date(moment));
  try {
    return make();
  } finally {
    freezeClock(null);
  }
}

interface Device {
  ip: string;
  userAgent: string;
}

function someDevice(): Device {
  return { ip: `${one(NETWORKS)}.${1 + Math.floor(random() * 250)}`, userAgent: one(AGENTS) };
}

type Row = ReturnType<typeof eventRow> & { groupKey?: string; count?: number };

function event(appId: string, moment: number, device: Device, of: NewEvent): Row {
  return at(moment, () => ({ ...eventRow(appId, of), ...device }));
}

interface Person {
  id: string;
  email: string;
  name: string | null;
  method: string;
  device: Device;
  born: number;
  visits: number[];
}

function somePerson(index: number, begin: number, end: number): Person {
  const born = someMoment(begin, end);
  const [first, last] = [one(FIRST.split(" ")), one(LAST.split(" "))];
  const visits = Array.from({ length: Math.floor(random() ** 2 * 14) }, () => someMoment(born, end));
  return {
    id: at(born, () => newId("usr")),
    email: `${first}.${last}${index}@example.com`.toLowerCase(),
    name: chance(0.9) ? `${first} ${last}` : null,
    method: one(METHODS),
    device: someDevice(),
    born,
    visits: visits.sort((a, b) => a - b),
  };
}

function userRow(appId: string, { id, email, name, method, born, visits }: Person) {
  const created = new Date(born);
  return {
    appId,
    id,
    email,
    emailCanonical: email,
    name,
    emailVerifiedAt: method === "password" && chance(0.4) ? null : created,
    metadata: { plan: one(["free", "free", "free", "pro"]) },
    createdAt: created,
    updatedAt: created,
    lastSignInAt: new Date(visits.at(-1) ?? born),
    disabledAt: chance(0.02) ? new Date(visits.at(-1) ?? born) : null,
  };
}

function eventsOf(appId: string, { id, method, device, born, visits }: Person, end: number): Row[] {
  const by = { actor: { type: "user", id }, userId: id } as const;
  const elsewhere = chance(0.3) ? someDevice() : device;
  const failure = { type: "user.sign_in_failed", outcome: "failure", ...by, reason: "wrong_password" } as const;
  return [
    event(appId, born, device, { type: "user.signed_up", ...by, explanation: { method } }),
    ...visits.map((visit) =>
      event(appId, visit, one([device, elsewhere]), { type: "user.signed_in", ...by, explanation: { method } }),
    ),
    ...(chance(0.12) ? [event(appId, someMoment(born, end), someDevice(), failure)] : []),
  ];
}

/** The session of the last visit, if it was less than a week ago. */
function sessionRow(appId: string, { id, method, device, born, visits }: Person, end: number) {
  const since = visits.at(-1) ?? born;
  if (end - since > 7 * DAY_MS) return null;
  return {
    appId,
    id: at(since, () => newId("ses")),
    userId: id,
    kind: "api" as const,
    salt: randomBytes(16),
    authTime: new Date(since),
    amr: method === "password" ? ["pwd"] : [],
    ...device,
    createdAt: new Date(since),
    lastSeenAt: new Date(since),
    idleExpiresAt: new Date(since + 30 * DAY_MS),
    expiresAt: new Date(since + 180 * DAY_MS),
  };
}

function identityRow(appId: string, { id, method, email, born, visits }: Person, issuer: string) {
  if (method !== "github") return null;
  return {
    appId,
    id: at(born, () => newId("idn")),
    userId: id,
    connection: "github",
    issuer,
    subject: String(1_000_000 + Math.floor(random() * 8_000_000)),
    email,
    createdAt: new Date(born),
    lastUsedAt: new Date(visits.at(-1) ?? born),
  };
}

const SCOPES = ["openid", "profile", "email", "photos:read"];

/** The consent and the grant of a user who connected the application. */
function connectionRows(appId: string, clientId: string, person: Person) {
  const [first, last] = [person.visits[0], person.visits.at(-1)];
  if (first === undefined || last === undefined || !chance(0.2)) return null;
  const common = { appId, clientId, userId: person.id, createdAt: new Date(first), lastUsedAt: new Date(last) };
  const lifetime = { idleExpiresAt: new Date(last + 30 * DAY_MS), expiresAt: new Date(first + 180 * DAY_MS) };
  const grant = { id: at(first, () => newId("grn")), subject: person.id, scopes: SCOPES, authTime: new Date(first) };
  return {
    consent: { ...common, scopes: SCOPES },
    grant: {
      ...common,
      ...grant,
      ...lifetime,
      amr: ["pwd"],
      userAgent: person.device.userAgent,
      salt: randomBytes(16),
    },
  };
}

/** A request that the owner can allow with one button. */
function rejectedRequest(appId: string, clientId: string, callback: string, moment: number): Row {
  const explanation = {
    endpoint: `/o/${appId}/authorize`,
    description:
      "The redirect_uri is not registered for this client. It differs from the nearest registered one in its path.",
    section: "RFC 9700 §2.1",
    parameter: "redirect_uri",
    sent: callback.replace(/\/callback$/, "/oauth/callback"),
    registered: [callback],
  };
  const of = {
    type: "oauth.rejected",
    outcome: "rejected",
    actor: { type: "client", id: clientId },
    clientId,
    reason: "invalid_request",
    explanation,
  } as const;
  return {
    ...event(appId, moment, someDevice(), of),
    groupKey: `demo/${moment}`,
    count: 1 + Math.floor(random() * 4),
  };
}

const present = <T>(rows: (T | null)[]): T[] => rows.filter((row) => row !== null);

export interface DemoApp {
  appId: string;
  client: { id: string; callback: string };
  /** The issuer of the identities of GitHub. */
  gitHub: string;
}

export async function createDemoUsers({ appId, client, gitHub }: DemoApp): Promise<void> {
  // The last minute is that of the reader.
  const end = now().getTime() - 60_000;
  const begin = end - DAYS * DAY_MS;
  const people = Array.from({ length: USERS }, (_, index) => somePerson(index, begin, end));
  const rejected = Array.from({ length: 9 }, () =>
    rejectedRequest(appId, client.id, client.callback, someMoment(begin, end)),
  );
  const connections = present(people.map((person) => connectionRows(appId, client.id, person)));
  await db().user.createMany({ data: people.map((person) => userRow(appId, person)) });
  await db().session.createMany({ data: present(people.map((person) => sessionRow(appId, person, end))) });
  await db().identity.createMany({ data: present(people.map((person) => identityRow(appId, person, gitHub))) });
  await db().consent.createMany({ data: connections.map(({ consent }) => consent) });
  await db().grant.createMany({ data: connections.map(({ grant }) => grant) });
  await db().auditEvent.createMany({
    data: [...people.flatMap((person) => eventsOf(appId, person, end)), ...rejected],
  });
}
