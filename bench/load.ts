/**
 * The load generator, in a process of its own. Speaks HTTP/1.1 on plain sockets: node:http's client costs more than the server that is
 * measured here.
 */
import { connect, type Socket } from "node:net";

export interface Exchange {
  method?: string;
  path: string;
  /** What every answer must be. */
  status: number;
  headers?: Record<string, string>;
  /** `{unique}`: a new number each time. `{random}`: from 1 to `random`. `{carried}`: see `carry`. */
  body?: string;
  random?: number;
  /** Each caller adds one of these, for good. */
  vary?: Record<string, string>[];
  /** `{name}` in path, headers and body: each request takes any of these, or, where each may be used `once`, the next. */
  each?: { values: Record<string, string>[]; once?: boolean };
  /** The same, one for each caller, for good. */
  mine?: Record<string, string>[];
  /** What a caller got in `field` of the last answer goes into the next request. */
  carry?: { field: string; first: string[] };
}

export interface Job {
  port: number;
  callers: number;
  /** Between an answer and the next request of the same caller. */
  pauseMs?: number;
  warmUpSeconds: number;
  seconds: number;
  exchange: Exchange;
}

export interface Measured {
  seconds: number;
  latencies: number[];
  /** Status → how often, of answers that were not as expected. */
  wrong: Record<string, number>;
}

let unique = 0;
let turn = 0;

function valuesOf({ each }: Exchange): Record<string, string> {
  const at = each?.once ? turn++ : Math.floor(Math.random() * (each?.values.length ?? 0));
  return each?.values[at] ?? {};
}

function fill(text: string, values: Record<string, string>): string {
  return text.includes("{") ? text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole) : text;
}

class Caller {
  private socket: Socket;
  private received = "";
  private sentAt = 0;
  private carried: string;
  private readonly extra: Record<string, string>;
  private readonly mine: Record<string, string>;
  stopped = false;

  constructor(
    private readonly job: Job,
    index: number,
    private readonly report: (ms: number, status: number) => void,
  ) {
    const { vary = [], mine = [], carry } = job.exchange;
    this.mine = mine[index % mine.length] ?? {};
    this.extra = vary[index % vary.length] ?? {};
    this.carried = carry?.first[index] ?? "";
    this.socket = connect({ port: job.port, host: "127.0.0.1", noDelay: true });
    this.socket.setEncoding("latin1").on("data", (part) => this.receive(String(part)));
    this.socket.on("error", (error: NodeJS.ErrnoException) => this.report(0, Number(error.errno)));
    this.socket.once("connect", () => this.send());
  }

  private send(): void {
    const { method = "GET", path, headers, body, random = 1 } = this.job.exchange;
    const values = { ...this.mine, ...valuesOf(this.job.exchange) };
    const content = (body === undefined ? undefined : fill(body, values))
      ?.replace("{unique}", () => `${process.pid}-${unique++}`)
      .replace("{random}", () => String(1 + Math.floor(Math.random() * random)))
      .replace("{carried}", this.carried);
    const length = content === undefined ? {} : { "Content-Length": String(content.length) };
    const all = Object.entries({ Host: `localhost:${this.job.port}`, ...headers, ...this.extra, ...length });
    const head = all.map(([name, value]) => `${name}: ${fill(value, values)}\r\n`).join("");
    this.received = "";
    this.sentAt = performance.now();
    this.socket.write(`${method} ${fill(path, values)} HTTP/1.1\r\n${head}\r\n${content ?? ""}`);
  }

  /** The body, or null while it is not complete. */
  private body(): string | null {
    const end = this.received.indexOf("\r\n\r\n");
    if (end < 0) return null;
    const body = this.received.slice(end + 4);
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.received.slice(0, end))?.[1];
    if (length !== undefined) return body.length >= Number(length) ? body : null;
    return body.endsWith("0\r\n\r\n") ? body : null;
  }

  private receive(part: string): void {
    this.received += part;
    const body = this.body();
    if (body === null) return;
    const status = Number(this.received.slice(9, 12));
    this.report(performance.now() - this.sentAt, status);
    if (this.stopped) return void this.socket.destroy();
    const { carry } = this.job.exchange;
    if (carry && status === this.job.exchange.status) this.carried = JSON.parse(body)[carry.field];
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
  const callers = Array.from({ length: job.callers }, (_, index) => new Caller(job, index, report));
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
// The run was broken off.
process.once("disconnect", () => process.exit());
