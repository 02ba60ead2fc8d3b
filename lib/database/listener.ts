/**
 * The connection that receives PostgreSQL's notifications (LISTEN), and the proof that it does.
 * Behind a pooler, on a standby or on another server, LISTEN may succeed and nothing arrive. The
 * heartbeat is therefore a notification that takes the way of all others: sent by a connection of
 * the pool, received here.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { nowMs } from "../clock";
import { urlsOfHosts } from "../database-urls";
import { pool } from "./client";
import { connectionSettings, directDatabaseUrl } from "./connection";

const HEARTBEAT_MS = 1500;
const ECHO_LIMIT_MS = 2 * HEARTBEAT_MS;
const FIRST_RECONNECT_MS = 500;
const LONGEST_RECONNECT_MS = 8000;

export interface ListenerEvents {
  notified(payload: string): void;
  /** LISTEN has just begun: earlier notifications were missed. */
  began(): void;
  /** All notifications of transactions that were committed before `at` have arrived. */
  heard(at: number): void;
  /** The pool couldn't send a heartbeat, so nothing is known of this listener. */
  unsent(problem: string): void;
  /** From now on, notifications may be missed. */
  deaf(reason: string): void;
}

const UNHEARD =
  "PostgreSQL accepted LISTEN, but its notifications don't arrive. Behind a pooler in transaction mode, set DIRECT_URL to PostgreSQL itself. DIRECT_URL must lead to the database of DATABASE_URL";

/** Sends a notification from the pool, and waits for it on `client`. Returns whether it arrived. */
async function echo(client: pg.Client, channel: string): Promise<boolean> {
  const token = randomBytes(9).toString("base64url");
  let onNotification = (_: pg.Notification) => {};
  let timer: NodeJS.Timeout | undefined;
  const arrived = new Promise<boolean>((resolve) => {
    onNotification = (message) => message.channel === channel && message.payload === token && resolve(true);
    client.on("notification", onNotification);
    timer = setTimeout(() => resolve(false), ECHO_LIMIT_MS);
  });
  try {
    await pool().query("SELECT pg_notify($1, $2)", [channel, token]);
    return await arrived;
  } finally {
    clearTimeout(timer);
    client.off("notification", onNotification);
  }
}

function newClient(url: string): pg.Client {
  return new pg.Client({
    ...connectionSettings(),
    connectionString: url,
    query_timeout: ECHO_LIMIT_MS,
    application_name: "foyer-listen",
  });
}

export class Listener {
  private client: pg.Client | null = null;
  private timer: NodeJS.Timeout | null = null;
  private stopped = false;
  private tries = 0;
  /** Only this process listens to it, so that the heartbeats of other processes don't wake it. */
  private readonly heartbeatChannel = `foyer_heartbeat_${randomBytes(8).toString("hex")}`;

  constructor(
    private readonly channel: string,
    private readonly events: ListenerEvents,
  ) {}

  async start(): Promise<void> {
    if (this.stopped) return;
    const urls = urlsOfHosts(directDatabaseUrl());
    const client = newClient(urls[this.tries % urls.length] ?? "");
    client.on("error", () => this.lost(client, "its connection was lost"));
    client.on("end", () => this.lost(client, "its connection was lost"));
    client.on("notification", ({ channel, payload }) => {
      if (channel === this.channel && payload) this.events.notified(payload);
    });
    this.client = client;
    try {
      await client.connect();
      await client.query(`LISTEN ${this.channel}; LISTEN ${this.heartbeatChannel}`);
      this.events.began();
    } catch (error) {
      return this.lost(client, `it can't connect (${(error as Error).message})`);
    }
    await this.beat(client);
  }

  private async beat(client: pg.Client): Promise<void> {
    const sentAt = nowMs();
    try {
      const arrived = await echo(client, this.heartbeatChannel);
      if (this.client !== client) return;
      if (!arrived) return this.lost(client, UNHEARD);
      this.tries = 0;
      this.events.heard(sentAt);
    } catch (error) {
      this.events.unsent((error as Error).message);
    }
    if (this.client !== client) return;
    this.schedule(() => this.beat(client), HEARTBEAT_MS);
  }

  private lost(client: pg.Client, reason: string): void {
    if (this.client !== client) return;
    this.client = null;
    client.end().catch(() => {});
    if (this.stopped) return;
    this.events.deaf(reason);
    this.schedule(() => this.start(), Math.min(FIRST_RECONNECT_MS * 2 ** this.tries, LONGEST_RECONNECT_MS));
    this.tries++;
  }

  private schedule(run: () => Promise<void>, delayMs: number): void {
    this.timer = setTimeout(() => void run(), delayMs);
    this.timer.unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => {});
  }
}

/** For doctor: throws an Error with the reason if notifications don't arrive. */
export async function requireNotifications(): Promise<void> {
  const channel = `foyer_heartbeat_${randomBytes(8).toString("hex")}`;
  let problem = new Error("DIRECT_URL has no host");
  for (const url of urlsOfHosts(directDatabaseUrl())) {
    const client = newClient(url);
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
      if (await echo(client, channel)) return;
      problem = new Error(UNHEARD);
    } catch (error) {
      problem = error as Error;
    } finally {
      await client.end().catch(() => {});
    }
  }
  throw problem;
}
