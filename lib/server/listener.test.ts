/**
 * The adapter between node:http and route handlers: bodies, HEAD, keep-alive, pipelining, Expect,
 * large headers, aborts.
 */
import { once } from "node:events";
import { type AddressInfo, connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Handler } from "../http/handler";
import { prepareDocument } from "../http/prepared-document";
import type { HttpRequest } from "../http/request";
import { createRouter, type RouteModule } from "../http/router";
import { textResponse } from "../http/text-response";
import { createHttpServer, stopHttpServer } from "./http-server";
import { createListener } from "./listener";

const seen: { request?: HttpRequest; aborted?: boolean; bodyError?: unknown } = {};
let release: () => void = () => {};

/** What the handlers of this file answer; each test names its path. */
const ROUTES: Record<string, RouteModule> = {
  "/text": { GET: async () => textResponse("hello", { headers: { "Content-Type": "text/plain" } }) },
  "/plain": { GET: async () => new Response("hello", { headers: { "Content-Type": "text/plain" } }) },
  "/umlaut": { GET: async () => textResponse("für") },
  "/prepared": {
    GET: Object.assign(async () => textResponse(null), { prepared: () => prepareDocument({ name: "Zoë 李明" }) }),
  },
  "/unprepared": {
    GET: Object.assign(async () => textResponse(null), {
      prepared: () => {
        throw new Error("a fault before the handler");
      },
    }),
  },
  "/nothing": { GET: async () => textResponse(null, { status: 204 }) },
  "/cookies": {
    GET: async () => {
      const response = new Response("two");
      response.headers.append("Set-Cookie", "a=1");
      response.headers.append("Set-Cookie", "b=2");
      return response;
    },
  },
  "/stream": {
    GET: async () =>
      new Response(
        new ReadableStream({
          async start(controller) {
            for (const part of ["one ", "two ", "three"]) controller.enqueue(new TextEncoder().encode(part));
            controller.close();
          },
        }),
      ),
  },
  "/echo": { POST: async (request) => textResponse(await new Response(request.body as ReadableStream).text()) },
  "/bytes": {
    POST: async (request) => {
      const length = await request.arrayBuffer().then(
        (bytes) => bytes.byteLength,
        (error) => {
          seen.bodyError = error;
          return -1;
        },
      );
      return textResponse(String(length));
    },
  },
  "/ignore-body": { POST: async () => textResponse("ignored") },
  "/headers": { GET: async (request) => textResponse(request.headers.get("X-One")) },
  "/inspect": {
    POST: async (request) => {
      seen.request = request;
      return textResponse(`${request.method} ${Buffer.from(await request.arrayBuffer())}`);
    },
  },
  "/wait": {
    GET: async (request) => {
      seen.aborted = false;
      request.signal.addEventListener("abort", () => {
        seen.aborted = true;
      });
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      return textResponse("late");
    },
  },
  "/fail": {
    GET: (async () => {
      throw new Error("a fault of the handler");
    }) as Handler,
  },
};

const server = createHttpServer(
  createListener(
    createRouter(Object.entries(ROUTES).map(([path, module]) => ({ path, module }))),
    async ({ headers }, response) => void response.end(JSON.stringify(headers)),
  ),
);
let port = 0;
beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  port = (server.address() as AddressInfo).port;
});
afterAll(() => stopHttpServer(server));

const fetchPath = (path: string, init?: RequestInit) => fetch(`http://127.0.0.1:${port}${path}`, init);

/**
 * A connection on which the test writes HTTP itself; `read` resolves when the text received so far
 * matches.
 */
function open(): { socket: Socket; read(until: RegExp | "close"): Promise<string> } {
  const socket = connect(port, "127.0.0.1");
  let text = "";
  socket.setEncoding("latin1").on("data", (part) => {
    text += part;
  });
  socket.on("error", () => {});
  const read = async (until: RegExp | "close") => {
    const deadline = performance.now() + 5000;
    while (until === "close" ? !socket.destroyed : !until.test(text)) {
      if (performance.now() > deadline) throw new Error(`Timed out; received: ${text}`);
      await sleep(5);
    }
    return text;
  };
  return { socket, read };
}

const head = (line: string, ...headers: string[]) => [`${line} HTTP/1.1`, "Host: x", ...headers, "", ""].join("\r\n");

describe("responses", () => {
  it.each(["/text", "/plain"])("%s is sent with its body, type and request ID", async (path) => {
    const response = await fetchPath(path);
    expect(await response.text()).toBe("hello");
    expect(response.headers.get("content-type")).toBe("text/plain");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  });

  it("a text that isn't ASCII is sent as UTF-8", async () => {
    const response = await fetchPath("/umlaut");
    expect(response.headers.get("content-length")).toBe("4");
    expect(await response.text()).toBe("für");
    expect(await (await fetchPath("/prepared")).json()).toEqual({ name: "Zoë 李明" });
  });

  it("a fault before the handler answers 500 and leaves the process running", async () => {
    expect((await fetchPath("/unprepared")).status).toBe(500);
    expect((await fetchPath("/text")).status).toBe(200);
  });

  it("a streamed body arrives whole", async () => {
    expect(await (await fetchPath("/stream")).text()).toBe("one two three");
  });

  it("a 204 has neither body nor Content-Length (RFC 9110 §8.6)", async () => {
    const response = await fetchPath("/nothing");
    expect(response.status).toBe(204);
    expect(response.headers.has("content-length")).toBe(false);
  });

  it("each cookie is a header of its own (RFC 6265 §3)", async () => {
    expect((await fetchPath("/cookies")).headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it.each(["/text", "/plain", "/stream"])(
    "HEAD %s has the headers of GET and no body (RFC 9110 §9.3.2)",
    async (path) => {
      const response = await fetchPath(path, { method: "HEAD" });
      expect(response.status).toBe(200);
      expect(await response.text()).toBe("");
      expect(response.headers.get("content-type")).toBe((await fetchPath(path)).headers.get("content-type"));
    },
  );

  it("HEAD leaves the connection usable: no body is sent that the next response would run into", async () => {
    const { socket, read } = open();
    socket.write(head("HEAD /text"));
    await read(/\r\n\r\n$/);
    socket.write(head("GET /text", "Connection: close"));
    const text = await read("close");
    expect(text.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(text.match(/hello/g)).toHaveLength(1);
  });

  it("a handler that throws answers 500 in the contract's shape", async () => {
    const response = await fetchPath("/fail");
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({
      error: "internal_error",
      request_id: expect.stringMatching(/^req_/),
    });
  });
});

describe("request bodies", () => {
  it("arrive whole when their length is given", async () => {
    expect(await (await fetchPath("/echo", { method: "POST", body: "naïve 李明" })).text()).toBe("naïve 李明");
  });

  it("arrive whole when they are chunked (RFC 9112 §7.1)", async () => {
    const { socket, read } = open();
    socket.write(head("POST /echo", "Transfer-Encoding: chunked", "Connection: close"));
    for (const part of ["3\r\nabc\r\n", "4\r\ndefg\r\n", "0\r\n\r\n"]) {
      socket.write(part);
      await sleep(5);
    }
    expect(await read("close")).toMatch(/abcdefg$/);
  });

  it("are empty when there is none", async () => {
    expect(await (await fetchPath("/bytes", { method: "POST" })).text()).toBe("0");
  });

  it("reject when the connection ends before the announced length", async () => {
    seen.bodyError = undefined;
    const { socket } = open();
    socket.write(`${head("POST /bytes", "Content-Length: 100")}only this`);
    await sleep(50);
    socket.destroy();
    for (let tries = 0; !seen.bodyError && tries < 200; tries++) await sleep(10);
    expect(seen.bodyError).toBeInstanceOf(Error);
  });

  it("that the handler doesn't read don't break the next request on the connection", async () => {
    const { socket, read } = open();
    socket.write(`${head("POST /ignore-body", "Content-Length: 5")}12345`);
    await read(/ignored/);
    socket.write(head("GET /text", "Connection: close"));
    expect(await read("close")).toMatch(/ignored[\s\S]*hello$/);
  });

  it("arrive whole in one buffer", async () => {
    expect(await (await fetchPath("/inspect", { method: "POST", body: "whole" })).text()).toBe("POST whole");
  });

  it("with Expect: 100-continue are asked for first (RFC 9110 §10.1.1)", async () => {
    const { socket, read } = open();
    socket.write(head("POST /echo", "Content-Length: 5", "Expect: 100-continue", "Connection: close"));
    await read(/^HTTP\/1\.1 100 Continue\r\n\r\n/);
    socket.write("after");
    expect(await read("close")).toMatch(/HTTP\/1\.1 200[\s\S]*after$/);
  });

  it("larger than the limit are rejected by their announced length, without being read", async () => {
    const { socket, read } = open();
    socket.write(head("POST /api-unknown", `Content-Length: ${2 ** 30}`));
    expect(await read(/\r\n\r\n/)).toMatch(/^HTTP\/1\.1 413/);
    socket.destroy();
  });
});

describe("connections", () => {
  it("stay open for the next request (RFC 9112 §9.3)", async () => {
    const { socket, read } = open();
    socket.write(head("GET /text"));
    await read(/hello/);
    socket.write(head("GET /plain", "Connection: close"));
    expect((await read("close")).match(/HTTP\/1\.1 200/g)).toHaveLength(2);
  });

  it("answer pipelined requests in their order (RFC 9112 §9.3.2)", async () => {
    const { socket, read } = open();
    socket.write(head("GET /stream") + head("GET /text") + head("GET /nothing", "Connection: close"));
    const text = await read("close");
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 200", "HTTP/1.1 200", "HTTP/1.1 204"]);
    expect(text.indexOf("three")).toBeLessThan(text.indexOf("hello"));
  });

  it("that the client closes abort the request's signal", async () => {
    const { socket } = open();
    socket.write(head("GET /wait"));
    for (let tries = 0; seen.aborted === undefined && tries < 200; tries++) await sleep(10);
    expect(seen.aborted).toBe(false);
    socket.destroy();
    for (let tries = 0; !seen.aborted && tries < 200; tries++) await sleep(10);
    expect(seen.aborted).toBe(true);
    release();
  });

  it("survive informational responses: the final response follows a 100 (RFC 9110 §15.2)", async () => {
    const { socket, read } = open();
    socket.write(`${head("POST /echo", "Content-Length: 2", "Expect: 100-continue")}ok`);
    await read(/ok$/);
    socket.write(head("GET /text", "Connection: close"));
    expect(await read("close")).toMatch(/100 Continue[\s\S]*200[\s\S]*ok[\s\S]*hello$/);
  });
});

describe("request headers", () => {
  it("reach the handler, repeated ones joined", async () => {
    const { socket, read } = open();
    socket.write(head("GET /headers", "X-One: a", "X-One: b", "Connection: close"));
    expect(await read("close")).toMatch(/a, b$/);
  });

  it("of 15 KiB are read, of 17 KiB answered 431 (RFC 6585 §5)", async () => {
    const large = (bytes: number) => fetchPath("/text", { headers: { "x-large": "x".repeat(bytes) } });
    expect((await large(15 * 1024)).status).toBe(200);
    const response = await large(17 * 1024);
    expect(response.status).toBe(431);
    expect(await response.json()).toMatchObject({ error: "headers_too_large" });
  });

  describe("with too many cookies", () => {
    const cookies = Array.from({ length: 150 }, (_, index) => `foyer-session-app${index}=${"x".repeat(120)}`);
    const sent = ["other=1", ...cookies, "__Host-foyer-browser=y", "not-foyer-a=1"].join("; ");
    const chrome = ["Accept: text/html,application/xhtml+xml", `Cookie: ${sent}`];

    it("show a browser a page that removes Foyer's, at both paths that they can have", async () => {
      const { socket, read } = open();
      socket.write(head("GET /o/app_1x/signin?a=%22b", ...chrome));
      const answer = await read("close");
      expect(answer).toMatch(/^HTTP\/1\.1 431 Request Header Fields Too Large\r\n/);
      expect(answer).toMatch(/content-type: text\/html/i);
      expect(answer).toContain('href="/o/app_1x/signin?a=%22b"');
      const removed = [...answer.matchAll(/set-cookie: ([^=]+)=; Path=([^;]+); .*Max-Age=0\r\n/gi)];
      expect(removed).toHaveLength(2 * 150 + 1);
      expect(removed).toContainEqual(expect.objectContaining({ 1: "foyer-session-app7", 2: "/" }));
      expect(removed).toContainEqual(expect.objectContaining({ 1: "foyer-session-app7", 2: "/o/app_1x" }));
      expect(removed).toContainEqual(expect.objectContaining({ 1: "__Host-foyer-browser", 2: "/" }));
      expect(answer).not.toMatch(/set-cookie: (other|not-foyer)/i);
    });

    it("show the page also if the headers came in pieces, and lead to no other site", async () => {
      for (const target of ["GET /", "GET //evil.example/"]) {
        const { socket, read } = open();
        const [before, after] = [head(target, ...chrome).slice(0, 9000), head(target, ...chrome).slice(9000)];
        socket.write(before);
        await sleep(50);
        socket.write(after);
        const answer = await read("close");
        expect(answer).toContain("Too many cookies");
        expect(answer).toMatch(/set-cookie: foyer-session-app149=;/i);
        expect(answer).not.toContain("//evil.example");
      }
    });

    it("get a program an error in JSON", async () => {
      const { socket, read } = open();
      socket.write(head("GET /api/me", "Accept: */*", `Cookie: ${sent}`));
      expect(await read("close")).toMatch(/431[\s\S]*application\/json[\s\S]*"error":"headers_too_large"/);
    });
  });

  it.each(["a b", "a/b", "ü"])("a malformed Host %s answers 400 (RFC 9112 §3.2)", async (host) => {
    const { socket, read } = open();
    socket.write(Buffer.from(`GET /text HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`, "latin1"));
    expect(await read("close")).toMatch(/^HTTP\/1\.1 400/);
  });

  it("the request's URL never takes its host from the Host header", async () => {
    await fetchPath("/inspect", { method: "POST", body: '{"a":1}', headers: { Host: "attacker.example" } });
    expect(new URL(seen.request?.url ?? "").host).not.toBe("attacker.example");
  });
});

describe("requests for pages", () => {
  it.each(["PUT", "DELETE", "PATCH"])(
    "with %s are a 405 that lists the allowed methods (RFC 9110 §15.5.6)",
    async (method) => {
      const response = await fetchPath("/dashboard", { method });
      expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
      expect(await response.json()).toMatchObject({ error: "method_not_allowed" });
    },
  );

  it.each(["GET", "HEAD", "POST"])("with %s reach Next", async (method) => {
    expect((await fetchPath("/dashboard", { method })).status).toBe(200);
  });

  it.each([
    ["that a proxy sends with its own Host", { Host: "127.0.0.1:8000" }],
    [
      "with a forwarded host of a caller's choice",
      { "X-Forwarded-Host": "attacker.example", "X-Forwarded-Proto": "ftp" },
    ],
    ["without a forwarded host", {}],
  ])("%s reach Next with the host of PUBLIC_URL, which it compares with Origin", async (_how, headers) => {
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
    const { socket, read } = open();
    socket.write(
      ["GET /login HTTP/1.1", "Host" in headers ? "" : "Host: x", ...lines, "Connection: close", "", ""]
        .filter((line, at) => line || at > 2)
        .join("\r\n"),
    );
    const seenByNext = JSON.parse((await read("close")).split("\r\n\r\n")[1]?.replace(/^[0-9a-f]+\r\n/, "") ?? "");
    expect(seenByNext).toMatchObject({
      host: "localhost:8000",
      "x-forwarded-host": "localhost:8000",
      "x-forwarded-proto": "http",
    });
  });

  it.each(["h2c", "websocket", "TLS/1.2"])(
    "and for handlers ignore the offer to upgrade to %s, also after a page was served (RFC 9110 §7.8)",
    async (protocol) => {
      await fetchPath("/login");
      const { socket, read } = open();
      socket.write(head("GET /text", "Connection: Upgrade, close", `Upgrade: ${protocol}`));
      expect(await read("close")).toMatch(/^HTTP\/1\.1 200[\s\S]*hello$/);
    },
  );
});
