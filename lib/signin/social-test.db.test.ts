/** The test of a social connection: the real flow, without any effect. */
import { beforeEach, describe, expect, it } from "vitest";
import { SOME_PASSWORD, someApp, type TestApp } from "@/test/support/factories";
import { Browser, locationOf, OPERATOR } from "@/test/support/oauth";
import {
  type Choice,
  chooseAt,
  connectGitHub,
  countPeopleOf,
  lastEventOf,
  RETURN_URL,
  signInAtStandIn,
} from "@/test/support/social";
import { getApp } from "../apps/apps";
import { updateApp } from "../apps/update";
import { freezeClock, now } from "../clock";
import { browserCookieName } from "../oauth/authorize/interaction";
import { getConnection, updateConnection } from "../social/connections";
import { startSocial } from "../social/flow";
import { createUser } from "../users/create-user";
import { findTestOutcome } from "./social-test";

const ALICE = "usr_00000000000000000000000001";
const BOB = { email: "bob@example.com", canonical: "bob@example.com" };

let app: TestApp;
beforeEach(async () => {
  app = await someApp();
  await connectGitHub(app);
});

/** Starts a test as the dashboard does, and goes through the provider. → the secret that finds the outcome */
async function run(choice: Choice = {}): Promise<string> {
  const connection = await getConnection(app.id, "github");
  const browser = new Browser(app);
  const browserSecret = "s".repeat(43);
  browser.cookies.set(browserCookieName(), browserSecret);
  const goal = { type: "test", developerId: ALICE } as const;
  const page = await startSocial(await getApp(app.id), connection, { browserSecret, goal });
  const before = await countPeopleOf(app);
  const answer = await browser.open(await chooseAt(page.href, choice));
  expect(await countPeopleOf(app)).toEqual(before);
  const { pathname, searchParams } = locationOf(answer);
  expect([answer.status, pathname]).toEqual([303, `/dashboard/apps/${app.id}/connections/github/test`]);
  return searchParams.get("result") ?? "";
}

async function outcome(choice: Choice = {}) {
  return findTestOutcome(await getApp(app.id), "github", ALICE, await run(choice));
}

describe("the outcome of a test", () => {
  it("creates a user for an unknown identity", async () => {
    expect(await outcome()).toEqual({
      type: "arrived",
      userId: null,
      decision: { type: "create" },
      profile: {
        ...{ issuer: expect.stringMatching(/^http/), subject: "583231", email: BOB.email, emailVerified: true },
        claims: expect.objectContaining({ name: "Bob Builder", preferred_username: "bob" }),
      },
    });
  });

  it("signs in the user of a known identity", async () => {
    await signInAtStandIn(new Browser(app), { redirect_uri: RETURN_URL });
    expect(await outcome()).toMatchObject({ decision: { type: "sign_in" }, userId: expect.stringMatching(/^usr_/) });
  });

  it.each([
    [true, {}, "link"],
    [false, {}, "take_over"],
    [true, { fault: "unverified" }, "refuse"],
  ])("for an existing user (verified: %s) with %j is %s", async (email_verified, choice, type) => {
    const user = await createUser(
      await getApp(app.id),
      { email: BOB, email_verified, password: SOME_PASSWORD },
      OPERATOR,
    );
    expect(await outcome(choice)).toMatchObject({ decision: { type }, userId: user.id });
  });

  it("rejects a new user if sign-ups are closed", async () => {
    await updateApp(app.id, { settings: { signups: "closed" } }, OPERATOR);
    expect(await outcome()).toMatchObject({ decision: { type: "refuse", code: "signup_closed" } });
  });

  it("shows the facts of a failure, without an event for the app", async () => {
    expect(await outcome({ fault: "user:500" })).toEqual({
      type: "failed",
      code: "provider_error",
      description: expect.stringContaining("GitHub"),
      facts: { problem: "/user returned status 500" },
    });
    expect(await outcome({ login: "" })).toMatchObject({ type: "failed", code: "access_denied" });
    expect(await lastEventOf(app, "social.failed")).toBeNull();
  });

  it("is shown for a disabled connection too", async () => {
    await updateConnection(await getApp(app.id), "github", { enabled: false }, OPERATOR);
    expect(await outcome()).toMatchObject({ type: "arrived" });
  });
});

it("is only shown to the developer who started the test, for this connection and app, for an hour", async () => {
  const result = await run();
  const [own, otherApp] = [await getApp(app.id), await getApp((await someApp()).id)];
  expect(await findTestOutcome(own, "github", ALICE, result)).not.toBeNull();
  expect(await findTestOutcome(own, "github", "usr_00000000000000000000000002", result)).toBeNull();
  expect(await findTestOutcome(own, "google", ALICE, result)).toBeNull();
  expect(await findTestOutcome(otherApp, "github", ALICE, result)).toBeNull();
  expect(await findTestOutcome(own, "github", ALICE, "x")).toBeNull();
  freezeClock(new Date(now().getTime() + 3_601_000));
  expect(await findTestOutcome(own, "github", ALICE, result)).toBeNull();
});
