/**
 * The load generator, in a process of its own. It speaks HTTP/1.1 on plain sockets, because
 * node:http's client needs more CPU time than the measured server.
 */
import { connect, type Socket } from "node:net";

export interface Exchange {
  method?: string;
  path: string;
  /** The expected status of each response. */
  status: number;
  headers?: Record<string, string>;
  /**
   * `{unique}`: a new number each time. `{random}`: from 1 to `random`. `{carried}`: see `carry`.
   */
  body?: string;
  random?: number;
  /** Each caller always adds one of these. */
  vary?: Record<string, string>[];
  /**
   * `{name}` in path, headers and body: each request uses a random one of these or, with `once`,
   * the next.
   */
  each?: { values: Record<string, string>[]; once?: boolean };
  /** The same, with one fixed value per caller. */
  mine?: Record<string, string>[];
  /** The value of `field` in a caller's last response goes into its next request. */
  carry?: { field: string; first: string[] };
}

export interface Job {
  port: number;
  callers: number;
  /** The pause between a response and the caller's next request. */
  pauseMs?: number;
  warmUpSeconds: number;
  seconds: number;
  exchange: Exchange;
}

export interface Measured {
  seconds: number;
  latencies: number[];
  /** Unexpected status → count. */
  wrong: Record<string, number>;
}

/** A prepared request, except for `{unique}`, `{random}` and `{carried}`. */
interface Written {
  head: string;
  body: string | undefined;
}

function fill(text: string, values: Record<string, string>): string {
  return text.includes("{") ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

function write({ port, exchange }: Job, values: Record<string, string>, extra: Record<string, string>): Written {
  const { method = "GET", path, headers, body } = exchange;
  const all = Object.entries({ Host: `localhost:${port}`, ...headers, ...extra });
  const lines = all.map(([name, value]) => `${name}: ${fill(value, values)}\r\n`).join("");
  return {
    head: `${method} ${fill(path, values)} HTTP/1.1\r\n${lines}`,
    body: body === undefined ? undefined : fill(body, values),
  };
}

/** Prepares all requests first, because CPU time of the generator is missing for the server. */
function writeAll(job: Job, mine: Record<string, string> = {}, extra: Record<string, string> = {}): Written[] {
  const values = job.exchange.each?.values ?? [{}];
  return values.map((one) => write(job, { ...mine, ...one }, extra));
}

let unique = 0;
let turn = 0;

function pick<T>(all: T[], once = false): T {
  // When the single-use values run out, the last one is rejected, which the table shows.
  const at = once ? Math.min(turn++, all.length - 1) : Math.floor(Math.random() * all.length);
  return all[at] as T;
}

class Caller {
  private socket: Socket;
  private received = "";
  private sentAt = 0;
  private carried: string;
  stopped = false;

  constructor(
    private readonly job: Job,
    private readonly requests: Written[],
    index: number,
    private readonly report: (ms: number, status: number) => void,
  ) {
    this.carried = job.exchange.carry?.first[index] ?? "";
    this.socket = connect({ port: job.port, host: "127.0.0.1", noDelay: true });
    this.socket.setEncoding("latin1").on("data", (part) => this.receive(String(part)));
    this.socket.on("error", (error: NodeJS.ErrnoException) => this.report(0, Number(error.errno)));
    this.socket.once("connect", () => this.send());
  }

  private completed(body: string): string {
    const { random = 1 } = this.job.exchange;
    return body
      .replace("{unique}", () => `${process.pid}-${unique++}`)
      .replace("{random}", () => String(1 + Math.floor(Math.random() * random)))
      .replace("{carried}", this.carried);
  }

  private send(): void {
    const { head, body } = pick(this.requests, this.job.exchange.each?.once);
    const content = body?.includes("{") ? this.completed(body) : body;
    this.received = "";
    this.sentAt = performance.now();
    this.socket.write(
      content === undefined ? `${head}\r\n` : `${head}Content-Length: ${content.length}\r\n\r\n${content}`,
      "latin1",
    );
  }

  /** The start of the body, or -1 while it is incomplete. */
  private bodyAt(): number {
    const end = this.received.indexOf("\r\n\r\n");
    if (end < 0) return -1;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.received)?.[1];
    const complete =
      length === undefined ? this.received.endsWith("0\r\n\r\n") : this.received.length - end - 4 >= Number(length);
    return complete ? end + 4 : -1;
  }

  private receive(part: string): void {
    this.received += part;
    const at = this.bodyAt();
    if (at < 0) return;
    const status = Number(this.received.slice(9, 12));
    this.report(performance.now() - this.sentAt, status);
    if (this.stopped) return void this.socket.destroy();
    const { carry } = this.job.exchange;
    if (carry && status === this.job.exchange.status) this.carried = JSON.parse(this.received.slice(at))[carry.field];
    if (this.job.pauseMs) setTimeout(() => this.send(), this.job.pauseMs);
    else this.send();
  }

  end(): void {
    this.stopped = true;
    this.socket.destroy();
  }
}

const sleep = (seconds: number) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

export async function run(job: Job, onMeasuring: () => void): Promise<Measured> {
  let measuring = false;
  const latencies: number[] = [];
  const wrong: Record<string, number> = {};
  const report = (ms: number, status: number) => {
    if (status !== job.exchange.status) wrong[status] = (wrong[status] ?? 0) + 1;
    else if (measuring) latencies.push(ms);
  };
  const { vary = [], mine = [] } = job.exchange;
  const shared = vary.length + mine.length === 0 ? writeAll(job) : null;
  const callers = Array.from({ length: job.callers }, (_, index) => {
    const own = shared ?? writeAll(job, mine[index % mine.length], vary[index % vary.length]);
    return new Caller(job, own, index, report);
  });
  await sleep(job.warmUpSeconds);
  onMeasuring();
  measuring = true;
  const started = performance.now();
  await sleep(job.seconds);
  measuring = false;
  const seconds = (performance.now() - started) / 1000;
  for (const caller of callers) caller.end();
  return { seconds, latencies, wrong };
}

process.once("message", async (job) => {
  const measured = await run(job as Job, () => process.send?.("measuring"));
  process.send?.(measured, () => process.disconnect());
});
// The run was aborted.
process.once("disconnect", () => process.exit());
