/** The `state` of a sign-in at a provider: one browser, one connection, one App, once. */
import { beforeEach, describe, expect, it } from "vitest";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { expectError } from "@/test/support/credentials";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, send } from "@/test/support/oauth";
import {
  arrivedAt,
  begin,
  chooseAt,
  connectGitHub,
  countPeopleOf,
  lastEventOf,
  signInAtStandIn,
} from "@/test/support/social";

let app: TestApp;
beforeEach(async () => {
  app = await someApp("Blog");
  await connectGitHub(app);
});

const counts = () => countPeopleOf(app);
const lastEvent = (type: string) => lastEventOf(app, type);

describe("the state (RFC 6749 §10.12, RFC 9700 §4.7)", () => {
  /** A page and no way on, and the App's owner sees why. */
  async function expectPage(answer: Awaited<ReturnType<Browser["open"]>>, reason: string) {
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.body).toContain(reason);
    expect(answer.body).not.toContain("blog.example");
    expect(await lastEvent("social.failed")).toMatchObject({ reason });
  }

  it("works once: a replay gets a page, and of 20 at once one succeeds", async () => {
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser));
    const all = await Promise.all(Array.from({ length: 20 }, () => browser.open(callback)));
    expect(all.map(({ status }) => status).sort()).toEqual([302, ...Array(19).fill(400)]);
    await expectPage(await browser.open(callback), "state_reused");
    expect(await counts()).toEqual({ users: 1, identities: 1, sessions: 1 });
  });

  it.each([
    ["no_state", "state_missing"],
    ["wrong_state", "state_unknown"],
  ])("%s leads to a page: %s", async (fault, reason) => {
    await expectPage(await signInAtStandIn(new Browser(app), { fault }), reason);
  });

  it.each(["", "x".repeat(5000), "a\0b", "ü"])("%j is unknown or missing", async (state) => {
    const address = `/api/auth/callback/github/${app.id}?code=x&state=${encodeURIComponent(state)}`;
    const answer = await new Browser(app).open(address);
    expect(answer.status).toBe(400);
    expect(answer.body).toMatch(/state_(unknown|missing)/);
  });

  it("is rejected if it is sent twice", async () => {
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser));
    await expectPage(await browser.open(`${callback}&state=x`), "state_missing");
  });

  it("works only in the browser that started, and a failed attempt does not use it up", async () => {
    const [browser, other] = [new Browser(app), new Browser(app)];
    const callback = await chooseAt(await begin(browser));
    await expectPage(await other.open(callback), "state_of_another_browser");
    await begin(other);
    await expectPage(await other.open(callback), "state_of_another_browser");
    expect(arrivedAt(await browser.open(callback)).token).toBeTruthy();
  });

  it("works only for its connection", async () => {
    await connectGitHub(app, { connection: "other" });
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser));
    await expectPage(await browser.open(callback.replace("/github/", "/other/")), "state_of_another_connection");
    expect(arrivedAt(await browser.open(callback)).token).toBeTruthy();
  });

  it("works only for its app", async () => {
    const otherApp = await someApp("Other");
    await connectGitHub(otherApp);
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser));
    const answer = await browser.open(callback.replace(app.id, otherApp.id));
    expect(answer.status).toBe(400);
    expect(answer.body).toContain("state_unknown");
    expect(await db().session.count({ where: { appId: otherApp.id } })).toBe(0);
    expect(arrivedAt(await browser.open(callback)).token).toBeTruthy();
  });

  it("expires after 15 minutes", async () => {
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser));
    freezeClock(new Date(now().getTime() + 901_000));
    await expectPage(await browser.open(callback), "state_expired");
  });

  it("is reported to programs as JSON", async () => {
    const headers = { accept: "application/json" };
    expectError(await send(`/api/auth/callback/github/${app.id}`, { headers }), 400, "state_missing");
  });

  it("is stored as a hash, without PKCE verifier or nonce", async () => {
    const page = new URL(await begin(new Browser(app)));
    const rows = JSON.stringify(await db().oneTimeToken.findMany({ where: { appId: app.id } }));
    for (const name of ["state", "code_challenge"]) expect(rows).not.toContain(page.searchParams.get(name));
    expect(rows).not.toMatch(/verifier|nonce/);
  });
});
