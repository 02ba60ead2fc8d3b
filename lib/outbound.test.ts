import { lookup } from "node:dns";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { env } from "./env";
import { isOutboundError, mayConnect, type OutboundRequest, outboundFetch } from "./outbound";

vi.mock("node:dns", async (original) => {
  const real = await original<typeof import("node:dns")>();
  return { ...real, lookup: vi.fn(real.lookup) };
});

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.closeAllConnections();
  for (const server of servers) server.close();
});
afterEach(() => vi.mocked(lookup).mockClear());

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Returns the reason of the failure. */
async function reasonOf(address: string, options?: OutboundRequest): Promise<string> {
  try {
    return `answered ${(await outboundFetch(address, options)).status}`;
  } catch (error) {
    if (!isOutboundError(error)) throw error;
    return error.reason;
  }
}

describe("an IP address", () => {
  it.each(["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])("%s is allowed", (address) =>
    expect(mayConnect(address, false)).toBe(true),
  );

  it.each([
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.2.1",
    "192.168.0.1",
    "198.18.0.1",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::a00:1",
    "2002:a00:1::",
    "fc00::1",
    "fd12::1",
    "fe80::1",
    "::a00:1",
    "::7f00:1",
    "fec0::1",
    "ff02::1",
  ])("%s is always blocked", (address) => {
    expect(mayConnect(address, false)).toBe(false);
    expect(mayConnect(address, true)).toBe(false);
  });

  it.each(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])("%s is allowed only with loopback", (address) => {
    expect(mayConnect(address, false)).toBe(false);
    expect(mayConnect(address, true)).toBe(true);
  });
});

describe("a request is blocked", () => {
  it.each([
    "http://10.0.0.1/",
    "https://10.0.0.1/",
    "https://[fe80::1]/",
    "https://[::ffff:169.254.169.254]/latest/meta-data",
    "https://0xa9fea9fe/",
    "https://192.168.1/",
    "http://8.8.8.8/",
    "https://user:password@8.8.8.8/",
    "ftp://8.8.8.8/",
    "file:///etc/passwd",
    "data:text/plain,x",
  ])("to %s", async (address) => expect(await reasonOf(address)).toBe("blocked_address"));

  it("to loopback without the setting", async () => {
    const url = await serve((_, response) => response.end("inside"));
    expect(await reasonOf(url)).toBe("answered 200");
    const settings = env();
    const before = settings.allowLoopback;
    settings.allowLoopback = false;
    expect(await reasonOf(url)).toBe("blocked_address");
    expect(await reasonOf(url.replace("127.0.0.1", "localhost"))).toBe("blocked_address");
    settings.allowLoopback = before;
  });

  it("to a host name with a private IP address, even beside a public one", async () => {
    const resolved = [
      { address: "93.184.215.14", family: 4 },
      { address: "169.254.169.254", family: 4 },
    ];
    vi.mocked(lookup).mockImplementation(((_host: string, _options: object, done: (...found: unknown[]) => void) =>
      done(null, resolved)) as unknown as typeof lookup);
    expect(await reasonOf("https://rebind.example/")).toBe("blocked_address");
    expect(lookup).toHaveBeenCalledTimes(1);
    vi.mocked(lookup).mockReset();
  });
});

describe("a request", () => {
  it("connects to the IP address that was checked: the name is resolved once", async () => {
    let host: string | undefined;
    const url = await serve((request, response) => {
      host = request.headers.host;
      response.end("here");
    });
    vi.mocked(lookup).mockImplementation(((_host: string, _options: object, done: (...found: unknown[]) => void) =>
      done(null, [{ address: "127.0.0.1", family: 4 }])) as unknown as typeof lookup);
    const address = url.replace("127.0.0.1", "provider.example");
    expect(await (await outboundFetch(address)).text()).toBe("here");
    expect(host).toBe(new URL(address).host);
    expect(lookup).toHaveBeenCalledTimes(1);
    vi.mocked(lookup).mockReset();
  });

  it("sends method and body and follows no redirect", async () => {
    const url = await serve(async (request, response) => {
      const body = (await request.toArray()).join("");
      response.writeHead(302, { location: "http://10.0.0.1/", "x-seen": `${request.method} ${body}` }).end();
    });
    const answer = await outboundFetch(url, { method: "POST", body: new URLSearchParams({ a: "b c" }) });
    expect(answer.status).toBe(302);
    expect(answer.headers.get("x-seen")).toBe("POST a=b+c");
  });

  it("fails if the response exceeds its limit, without reading it into memory", async () => {
    const part = Buffer.alloc(64 * 1024, "x");
    let sent = 0;
    const url = await serve(async (request, response) => {
      if (request.url === "/announced") response.setHeader("content-length", 50 * 1024 * 1024);
      for (sent = 0; sent < 50 * 1024 * 1024 && !response.destroyed; sent += part.length) {
        if (!response.write(part)) await Promise.race([new Promise((r) => response.once("drain", r)), sleep(200)]);
      }
      response.end();
    });
    const before = process.memoryUsage().arrayBuffers;
    expect(await reasonOf(url)).toBe("too_large");
    expect(await reasonOf(`${url}/announced`)).toBe("too_large");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * 1024 * 1024);
    expect(sent).toBeLessThan(50 * 1024 * 1024);
  });

  it("ends at the caller's deadline, before or during the response", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/within") response.write("{");
    });
    for (const path of ["/before", "/within"]) {
      const started = performance.now();
      expect(await reasonOf(`${url}${path}`, { signal: AbortSignal.timeout(200) })).toBe("timeout");
      expect(performance.now() - started).toBeLessThan(2000);
    }
  });

  it("reports a closed port as unreachable", async () =>
    expect(await reasonOf("http://127.0.0.1:1/")).toBe("unreachable"));
});
