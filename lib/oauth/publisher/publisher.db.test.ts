import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { someApp, type TestApp } from "@/test/support/factories";
import { OPERATOR, someClient, type TestClient } from "@/test/support/oauth";
import { db } from "../../database/client";
import { PublisherDomain } from "./domain";
import { findProof } from "./proof";
import { findPublisher, findVerifiedDomain, removePublisher, setPublisherDomain, verifyPublisher } from "./publisher";
import { recheckPublishers } from "./recheck";

let app: TestApp;
let site: Server;
let domain: string;
/** What the site of the publisher answers. */
let answer: { status: number; text: string; location?: string };

beforeAll(async () => {
  app = await someApp();
  site = createServer((_, response) => {
    response.writeHead(answer.status, answer.location ? { location: answer.location } : {}).end(answer.text);
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => site.once("listening", resolve));
  domain = `127.0.0.1:${(site.address() as AddressInfo).port}`;
});
afterAll(() => site.close());
beforeEach(() => {
  answer = { status: 404, text: "Not found" };
});

async function withDomain(): Promise<TestClient & { line: string }> {
  const client = await someClient(app);
  await setPublisherDomain(app.id, client.id, domain, OPERATOR);
  const publisher = await findPublisher(app.id, client.id);
  return { ...client, line: `foyer-verification=${publisher?.token}` };
}

const verify = (client: TestClient, appId = app.id) => verifyPublisher(appId, client.id, OPERATOR);
const age = (client: TestClient, data: object) =>
  db().publisher.updateMany({ where: { appId: app.id, clientId: client.id }, data });
const eventsOf = (client: TestClient, type: string) =>
  db().auditEvent.count({ where: { appId: app.id, clientId: client.id, type } });

describe("a publisher", () => {
  it("is verified by the file of its domain, with an event", async () => {
    const client = await withDomain();
    answer = { status: 200, text: `foyer-verification=of-another-client\r\n ${client.line} \n` };
    expect(await findVerifiedDomain(app.id, client.id)).toBeNull();
    await verify(client);
    expect(await findVerifiedDomain(app.id, client.id)).toBe(domain);
    expect(await findPublisher(app.id, client.id)).toMatchObject({ method: "file" });
    expect(await eventsOf(client, "client.publisher_verified")).toBe(1);
  });

  it.each([
    ["a missing file", { status: 404, text: "" }, "answered 404"],
    ["the proof of another client", { status: 200, text: "foyer-verification=other" }, "no line with this value"],
    ["a redirect to the proof", { status: 302, text: "", location: "/elsewhere" }, "answered 302"],
    ["a huge file", { status: 200, text: "x".repeat(20_000) }, "sent more than"],
  ])("isn’t verified by %s, and the error says why", async (_, given, reason) => {
    const client = await withDomain();
    answer = given;
    await expect(verify(client)).rejects.toMatchObject({
      status: 409,
      code: "publisher_not_verified",
      message: expect.stringContaining(reason),
    });
    expect(await findVerifiedDomain(app.id, client.id)).toBeNull();
  });

  it("is checked at most every three seconds, also by twenty requests at once", async () => {
    const client = await withDomain();
    answer = { status: 200, text: client.line };
    const ends = await Promise.allSettled(Array.from({ length: 20 }, () => verify(client)));
    expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await eventsOf(client, "client.publisher_verified")).toBe(1);
  });

  it("needs another proof for another domain, and for another client of the same domain", async () => {
    const client = await withDomain();
    answer = { status: 200, text: client.line };
    await verify(client);
    await setPublisherDomain(app.id, client.id, domain, OPERATOR);
    expect(await findVerifiedDomain(app.id, client.id)).toBe(domain);
    await setPublisherDomain(app.id, client.id, "example.com", OPERATOR);
    expect(await findVerifiedDomain(app.id, client.id)).toBeNull();
    expect(await eventsOf(client, "client.publisher_removed")).toBe(1);
    const other = await withDomain();
    await expect(verify(other)).rejects.toMatchObject({ code: "publisher_not_verified" });
  });

  it("isn’t found through another app", async () => {
    const client = await withDomain();
    const { id } = await someApp();
    answer = { status: 200, text: client.line };
    await expect(verify(client, id)).rejects.toMatchObject({ status: 404 });
    await expect(setPublisherDomain(id, client.id, domain, OPERATOR)).rejects.toMatchObject({ status: 404 });
    await expect(removePublisher(id, client.id, OPERATOR)).rejects.toMatchObject({ status: 404 });
    expect(await findVerifiedDomain(id, client.id)).toBeNull();
  });

  it("is deleted with its client, and can be removed", async () => {
    const client = await withDomain();
    await removePublisher(app.id, client.id, OPERATOR);
    expect(await findPublisher(app.id, client.id)).toBeNull();
    await expect(removePublisher(app.id, client.id, OPERATOR)).rejects.toMatchObject({ status: 404 });
  });
});

describe("the daily check of verified publishers", () => {
  const yesterday = () => new Date(Date.now() - 25 * 3_600_000);

  it("tolerates a week of failures, then removes the verification with an event", async () => {
    const client = await withDomain();
    answer = { status: 200, text: client.line };
    await verify(client);
    answer = { status: 500, text: "" };
    await age(client, { checkedAt: yesterday() });
    await recheckPublishers();
    expect(await findPublisher(app.id, client.id)).toMatchObject({
      verifiedAt: expect.any(Date),
      failingSince: expect.any(Date),
    });
    await age(client, { checkedAt: yesterday(), failingSince: new Date(Date.now() - 8 * 86_400_000) });
    await recheckPublishers();
    expect(await findVerifiedDomain(app.id, client.id)).toBeNull();
    expect(await eventsOf(client, "client.publisher_removed")).toBe(1);
  });

  it("forgets earlier failures, and doesn’t check twice a day", async () => {
    const client = await withDomain();
    answer = { status: 200, text: client.line };
    await verify(client);
    await age(client, { checkedAt: yesterday(), failingSince: yesterday() });
    await recheckPublishers();
    expect(await findPublisher(app.id, client.id)).toMatchObject({ failingSince: null });
    answer = { status: 500, text: "" };
    await recheckPublishers();
    expect(await findPublisher(app.id, client.id)).toMatchObject({ failingSince: null });
  });
});

describe("the DNS record", () => {
  const proof = { domain: "127.0.0.1:1", token: "t" };
  const failure = (code: string) => async () => Promise.reject(Object.assign(new Error(code), { code }));

  it.each([
    [async () => [["other=1"], ["foyer-", "verification=t"]], null],
    [async () => [["foyer-verification=u"]], expect.stringContaining("none of them")],
    [failure("ENOTFOUND"), "_foyer.127.0.0.1:1 has no TXT record."],
    [failure("TIMEOUT"), expect.stringContaining("failed (TIMEOUT)")],
  ])("proves the domain only with the exact value, case %#", async (resolve, dns) => {
    expect(await findProof(proof, resolve)).toMatchObject({ dns });
  });
});

describe("PublisherDomain", () => {
  it.each([
    ["example.com", "example.com"],
    [" https://Example.com/path?x ", "example.com"],
    ["bücher.example", "xn--bcher-kva.example"],
    ["example.com.", "example.com"],
  ])("reads %s as %s", (sent, read) => expect(PublisherDomain.parse(sent)).toBe(read));

  it.each(["com", "10.0.0.1", "[::1]", "exa mple.com", "example.com:8443", "-a.example", "user@example.com", "\0"])(
    "rejects %j",
    (sent) => expect(PublisherDomain.safeParse(sent).success).toBe(false),
  );
});
