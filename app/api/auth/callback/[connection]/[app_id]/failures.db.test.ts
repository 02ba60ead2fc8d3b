/** A provider that refuses, fails, hangs or floods. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FAULTS, PLACES } from "@/examples/github-stand-in/people.mjs";
import { getApp } from "@/lib/apps/apps";
import { deleteApp } from "@/lib/apps/delete";
import { freezeClock, now } from "@/lib/clock";
import { deleteConnection, setConnection, updateConnection } from "@/lib/social/connections";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, OPERATOR } from "@/test/support/oauth";
import {
  arrivedAt,
  begin,
  chooseAt,
  countPeopleOf,
  lastEventOf,
  signInAtStandIn,
  toStandIn,
} from "@/test/support/social";

let app: TestApp;
beforeAll(async () => {
  app = await someApp("Blog");
});
beforeEach(async () => {
  await setConnection(await getApp(app.id), { ...(await toStandIn()), enabled: true }, OPERATOR);
});

let minutes = 0;
/** Rejections are counted by the minute, and only the first of each is explained. */
function inAnotherMinute(): void {
  minutes++;
  freezeClock(new Date(now().getTime() + minutes * 60_000));
}

const counts = () => countPeopleOf(app);
const lastEvent = (type: string) => lastEventOf(app, type);

describe("a provider that rejects or fails (with a valid state: back to the app, with `error`)", () => {
  it("the user denies access", async () => {
    const parameters = arrivedAt(await signInAtStandIn(new Browser(app), { login: "", state: "s" }));
    expect(parameters).toEqual({ error: "access_denied", error_description: expect.any(String), state: "s" });
    expect(await counts()).toEqual({ users: 0, identities: 0, sessions: 0 });
  });

  it("a denial can be used only once", async () => {
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser), { login: "" });
    arrivedAt(await browser.open(callback));
    expect((await browser.open(callback)).status).toBe(400);
  });

  const failures = PLACES.flatMap((place) => FAULTS.map((fault) => `${place}:${fault}`));

  it.concurrent.each(failures.filter((fault) => !fault.endsWith(":hang")))("%s", async (fault) => {
    const parameters = arrivedAt(await signInAtStandIn(new Browser(app), { fault, state: "s" }));
    expect(parameters).toEqual({ error: "provider_error", error_description: expect.any(String), state: "s" });
  });

  it.concurrent.each(failures.filter((fault) => fault.endsWith(":hang")))("%s: within 10 s", async (fault) => {
    const started = performance.now();
    const parameters = arrivedAt(await signInAtStandIn(new Browser(app), { fault }));
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(parameters.error).toBe("provider_unavailable");
  });

  it.each([
    ["no_code", /no authorization code/],
    ["token:error", /incorrect_client_credentials/],
    ["user:html", /\/user did not return JSON/],
    ["emails:500", /\/user\/emails returned status 500/],
    ["user:large", /sent more than 1048576 bytes/],
    ["user:nonsense", /\/user did not return the documented fields/],
  ])("%s is explained to the app's owner", async (fault, problem) => {
    inAnotherMinute();
    expect(arrivedAt(await signInAtStandIn(new Browser(app), { fault })).error).toBe("provider_error");
    const explanation = { connection: "github", problem: expect.stringMatching(problem) };
    expect(await lastEvent("social.failed")).toMatchObject({ reason: "provider_error", explanation });
  });

  it("the client credentials are wrong: the event says what to compare", async () => {
    inAnotherMinute();
    await updateConnection(await getApp(app.id), "github", { client_secret: "wrong" }, OPERATOR);
    expect(arrivedAt(await signInAtStandIn(new Browser(app))).error).toBe("provider_error");
    const event = await lastEvent("social.failed");
    expect(event?.explanation).toMatchObject({ remedy: expect.stringContaining("client secret") });
    expect(JSON.stringify(event)).not.toContain("the-secret");
  });

  it("no server listens at the endpoint", async () => {
    const given = await toStandIn();
    await setConnection(await getApp(app.id), { ...given, token_url: "http://127.0.0.1:1/" }, OPERATOR);
    expect(arrivedAt(await signInAtStandIn(new Browser(app))).error).toBe("provider_unavailable");
  });

  it("its endpoint is in a private network", async () => {
    inAnotherMinute();
    const given = await toStandIn();
    await setConnection(await getApp(app.id), { ...given, api_url: "https://10.0.0.1" }, OPERATOR);
    expect(arrivedAt(await signInAtStandIn(new Browser(app))).error).toBe("provider_error");
    expect(await lastEvent("social.failed")).toMatchObject({
      explanation: { problem: expect.stringContaining("10.0.0.1 is in a private or reserved network") },
    });
  });

  it("a code that was already used", async () => {
    const browser = new Browser(app);
    const first = new URL(await chooseAt(await begin(browser)));
    const second = new URL(await chooseAt(await begin(browser)));
    arrivedAt(await browser.open(first.href));
    second.searchParams.set("code", first.searchParams.get("code") ?? "");
    expect(arrivedAt(await browser.open(second.href)).error).toBe("provider_error");
  });

  it("a code that was issued for another verifier (RFC 7636 §4.6)", async () => {
    const browser = new Browser(app);
    const [first, second] = [
      new URL(await chooseAt(await begin(browser))),
      new URL(await chooseAt(await begin(browser))),
    ];
    second.searchParams.set("code", first.searchParams.get("code") ?? "");
    expect(arrivedAt(await browser.open(second.href)).error).toBe("provider_error");
  });

  it("a connection that was disabled or deleted in the meantime", async () => {
    const browser = new Browser(app);
    const before = await counts();
    const [first, second] = [await chooseAt(await begin(browser)), await chooseAt(await begin(browser))];
    await updateConnection(await getApp(app.id), "github", { enabled: false }, OPERATOR);
    expect(arrivedAt(await browser.open(first)).error).toBe("connection_disabled");
    await deleteConnection(app.id, "github", OPERATOR);
    expect((await browser.open(second)).status).toBe(404);
    expect(await counts()).toEqual(before);
  });

  it("an app that was deleted in the meantime: 404, without a user or session", async () => {
    const short = await someApp("Short Story");
    await setConnection(await getApp(short.id), { ...(await toStandIn()), enabled: true }, OPERATOR);
    const browser = new Browser(short);
    const callback = await chooseAt(await begin(browser));
    await deleteApp(short.id, OPERATOR);
    const answer = await browser.open(callback);
    expect([answer.status, answer.headers.get("location")]).toEqual([404, null]);
    expect(await countPeopleOf(short)).toEqual({ users: 0, identities: 0, sessions: 0 });
  });
});
