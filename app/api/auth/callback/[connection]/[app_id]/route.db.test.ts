/** The return from a sign-in provider: sign-in, linking, rejection, and the redirect that follows. */
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from "jose";
import { beforeEach, describe, expect, it } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { signIn } from "@/lib/signin/password";
import { updateConnection } from "@/lib/social/connections";
import { createUser } from "@/lib/users/create-user";
import { updateUser } from "@/lib/users/update-user";
import { emailAddress, SOME_PASSWORD, someApp, someSession, type TestApp } from "@/test/support/factories";
import { Browser, OPERATOR, send } from "@/test/support/oauth";
import {
  arrivedAt,
  begin,
  chooseAt,
  claimsOf,
  connectGitHub,
  countPeopleOf,
  lastEventOf,
  signInAtStandIn,
  standIn,
} from "@/test/support/social";

let app: TestApp;
beforeEach(async () => {
  app = await someApp("Blog");
  await connectGitHub(app);
});

const BOB = "bob@example.com";

const counts = () => countPeopleOf(app);
const lastEvent = (type: string) => lastEventOf(app, type);

function change(settings: Record<string, unknown>) {
  return updateApp(app.id, { settings }, OPERATOR);
}

async function addUser(input: { email: string; email_verified?: boolean; password?: string; disabled?: boolean }) {
  return createUser(await getApp(app.id), { ...input, email: emailAddress(input.email) }, OPERATOR);
}

describe("a new user", () => {
  it("is created with a verified email, and the app gets a JWT for five minutes and its own state", async () => {
    const parameters = arrivedAt(await signInAtStandIn(new Browser(app), { state: "st ate&=ü" }));
    expect(parameters).toEqual({ token: expect.any(String), state: "st ate&=ü" });
    const keys = (await send(`/o/${app.id}/jwks`)).body as JSONWebKeySet;
    const { payload } = await jwtVerify(parameters.token ?? "", createLocalJWKSet(keys), {
      issuer: app.issuer,
      audience: app.id,
      typ: "at+jwt",
    });
    expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(300);
    const me = await send("/api/me", { bearer: parameters.token });
    expect(me.body).toMatchObject({
      ...{ id: payload.sub, email: BOB, email_verified: true, name: "Bob Builder", preferred_username: "bob" },
      picture: `${(await standIn()).url}/bob.png`,
    });
    const identity = await db().identity.findFirstOrThrow({ where: { appId: app.id } });
    expect(identity).toMatchObject({ connection: "github", issuer: (await standIn()).url, subject: "583231" });
    expect(await lastEvent("user.signed_up")).toMatchObject({ userId: payload.sub, explanation: { method: "github" } });
    expect(await lastEvent("identity.linked")).toMatchObject({ userId: payload.sub });
    expect(await lastEvent("user.signed_in")).toMatchObject({ explanation: { method: "github" } });
  });

  it("is the same user the next time, even with another email at the provider", async () => {
    const first = claimsOf(arrivedAt(await signInAtStandIn(new Browser(app))).token);
    await db().identity.updateMany({ where: { appId: app.id }, data: { email: "old@example.com" } });
    await db().user.updateMany({
      where: { appId: app.id },
      data: { email: "new@example.com", emailCanonical: "new@example.com" },
    });
    const second = claimsOf(arrivedAt(await signInAtStandIn(new Browser(app))).token);
    expect(second.sub).toBe(first.sub);
    expect(second.sid).not.toBe(first.sid);
    expect(await counts()).toEqual({ users: 1, identities: 1, sessions: 2 });
  });

  it("is created once by 20 sign-ins at once", async () => {
    const all = await Promise.all(Array.from({ length: 20 }, () => signInAtStandIn(new Browser(app))));
    expect(new Set(all.map((answer) => claimsOf(arrivedAt(answer).token).sub)).size).toBe(1);
    expect(await counts()).toEqual({ users: 1, identities: 1, sessions: 20 });
  });

  it.each([
    ["dave", "dave@example.com"],
    ["erin", null],
  ])("%s, whose email is unverified or missing, signs in unverified", async (login, email) => {
    const { token } = arrivedAt(await signInAtStandIn(new Browser(app), { login }));
    expect((await send("/api/me", { bearer: token })).body).toMatchObject({
      email,
      email_verified: false,
      name: login === "dave" ? "dave" : "Erin Hush",
    });
  });

  it.each([
    ["bob", { signups: "closed" }, "signup_closed"],
    ["bob", { signups: "invite_only" }, "signup_closed"],
    ["bob", { allowed_email_domains: ["corp.example"] }, "email_domain_not_allowed"],
    ["erin", { allowed_email_domains: ["corp.example"] }, "email_missing"],
    ["erin", { require_verified_email: true }, "email_missing"],
    ["dave", { require_verified_email: true }, "email_not_verified"],
  ])("%s is rejected with %j: %s", async (login, settings, error) => {
    await change(settings);
    const parameters = arrivedAt(await signInAtStandIn(new Browser(app), { login, state: "s" }));
    expect(parameters).toEqual({ error, error_description: expect.stringMatching(/\.$/), state: "s" });
    expect(await counts()).toEqual({ users: 0, identities: 0, sessions: 0 });
    expect(await lastEvent("social.failed")).toMatchObject({ reason: error, outcome: "failure" });
  });

  it("signs in although sign-ups are closed if the account exists", async () => {
    await change({ signups: "invite_only" });
    const { id } = await addUser({ email: BOB });
    expect(claimsOf(arrivedAt(await signInAtStandIn(new Browser(app))).token).sub).toBe(id);
  });
});

describe("an email that another user has", () => {
  it("is linked if both are verified, and nothing changes", async () => {
    const { id } = await addUser({ email: BOB, email_verified: true, password: SOME_PASSWORD });
    expect(claimsOf(arrivedAt(await signInAtStandIn(new Browser(app))).token).sub).toBe(id);
    const input = { email: emailAddress(BOB), password: SOME_PASSWORD };
    expect((await signIn(await getApp(app.id), input, OPERATOR)).user.id).toBe(id);
  });

  it("is taken over if only the provider has verified it, and the old password is removed", async () => {
    const squatter = await someSession(app.id, BOB);
    const { token } = arrivedAt(await signInAtStandIn(new Browser(app)));
    expect(claimsOf(token).sub).toBe(squatter.userId);
    expect((await send("/api/me", { bearer: token })).body).toMatchObject({ email: BOB, email_verified: true });
    expect((await send("/api/me", { bearer: squatter.token })).status).toBe(401);
    const input = { email: emailAddress(BOB), password: SOME_PASSWORD };
    await expect(signIn(await getApp(app.id), input, OPERATOR)).rejects.toMatchObject({ code: "invalid_credentials" });
    expect(await counts()).toEqual({ users: 1, identities: 1, sessions: 1 });
    expect(await lastEvent("user.taken_over")).toMatchObject({ userId: squatter.userId });
  });

  it("is also taken over from an unverified sign-up with another provider", async () => {
    arrivedAt(await signInAtStandIn(new Browser(app), { fault: "unverified" }));
    await db().identity.updateMany({ where: { appId: app.id }, data: { subject: "another-subject" } });
    arrivedAt(await signInAtStandIn(new Browser(app)));
    const identities = await db().identity.findMany({ where: { appId: app.id } });
    expect(identities.map(({ subject }) => subject)).toEqual(["583231"]);
  });

  it.each([true, false])(
    "is never linked if the provider has not verified it (verified here: %s), with an error that says what to do",
    async (verified) => {
      await addUser({ email: BOB, email_verified: verified });
      const parameters = arrivedAt(await signInAtStandIn(new Browser(app), { fault: "unverified" }));
      expect(parameters.error).toBe("account_exists");
      expect(parameters.error_description).toMatch(/Sign in the way you did before, then link GitHub/);
      expect(await counts()).toEqual({ users: 1, identities: 0, sessions: 0 });
    },
  );

  it("is found regardless of its spelling", async () => {
    const { id } = await addUser({ email: "BOB@Example.com", email_verified: true });
    expect(claimsOf(arrivedAt(await signInAtStandIn(new Browser(app))).token).sub).toBe(id);
  });

  it("of a disabled user signs no one in and links nothing", async () => {
    await addUser({ email: BOB, email_verified: true, disabled: true });
    expect(arrivedAt(await signInAtStandIn(new Browser(app)))).toMatchObject({ error: "user_disabled" });
    expect(await counts()).toEqual({ users: 1, identities: 0, sessions: 0 });
  });

  it("in another app does not count here", async () => {
    const otherApp = await someApp("Other");
    await connectGitHub(otherApp);
    const theirs = claimsOf(arrivedAt(await signInAtStandIn(new Browser(otherApp))).token);
    const ours = claimsOf(arrivedAt(await signInAtStandIn(new Browser(app))).token);
    expect(ours.sub).not.toBe(theirs.sub);
  });

  it("is verified for a user without a password if the provider verifies it later", async () => {
    arrivedAt(await signInAtStandIn(new Browser(app), { fault: "unverified" }));
    const { token } = arrivedAt(await signInAtStandIn(new Browser(app)));
    expect((await send("/api/me", { bearer: token })).body).toMatchObject({ email_verified: true });
  });

  it("… and not for a user who has one, since it may belong to another person", async () => {
    const { token } = arrivedAt(await signInAtStandIn(new Browser(app), { fault: "unverified" }));
    await updateUser(await getApp(app.id), String(claimsOf(token).sub), { password: SOME_PASSWORD }, OPERATOR);
    const again = arrivedAt(await signInAtStandIn(new Browser(app)));
    expect((await send("/api/me", { bearer: again.token })).body).toMatchObject({ email_verified: false });
  });
});

describe("delivery", () => {
  async function deliverBy(delivery: "query" | "fragment" | "code") {
    await updateConnection(await getApp(app.id), "github", { delivery }, OPERATOR);
    const answer = await signInAtStandIn(new Browser(app));
    return new URL(answer.headers.get("location") ?? "");
  }

  it("is possible by fragment", async () => {
    const { hash, search } = await deliverBy("fragment");
    expect(search).toBe("?from=github");
    expect(Object.fromEntries(new URLSearchParams(hash.slice(1)))).toEqual({
      token: expect.any(String),
      state: "the caller's",
    });
  });

  it("is possible by a code that the app's backend redeems once", async () => {
    const { searchParams } = await deliverBy("code");
    expect(searchParams.has("token")).toBe(false);
    const { POST } = await import("@/app/api/auth/exchange/[app_id]/route");
    const { call } = await import("@/test/support/call");
    const exchange = () =>
      call(POST, { params: { app_id: app.id }, bearer: app.apiKey, body: { code: searchParams.get("code") } });
    const all = await Promise.all(Array.from({ length: 20 }, exchange));
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(400)]);
    expect(all.find(({ status }) => status === 200)?.body.user).toMatchObject({ email: BOB, email_verified: true });
    expect(await lastEvent("user.signed_in")).toMatchObject({ explanation: { method: "github" } });
    expect(await counts()).toEqual({ users: 1, identities: 1, sessions: 1 });
  });

  it("of an error works like that of a success", async () => {
    await updateConnection(await getApp(app.id), "github", { delivery: "fragment" }, OPERATOR);
    const answer = await signInAtStandIn(new Browser(app), { login: "" });
    expect(new URL(answer.headers.get("location") ?? "").hash).toMatch(/^#error=access_denied&/);
  });

  it("shows an error page if the app removed the return URL in the meantime", async () => {
    const browser = new Browser(app);
    const callback = await chooseAt(await begin(browser));
    await updateConnection(await getApp(app.id), "github", { redirect_uris: ["https://blog.example/new"] }, OPERATOR);
    const answer = await browser.open(callback);
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });
});

describe("an unknown connection or App", () => {
  it.each([
    ["callback/github/app_00000000000000", 404],
    ["callback/nothing/APP", 404],
    ["callback/callback/APP", 404],
  ])("%s: %i, as a page", async (path, status) => {
    const answer = await send(`/api/auth/${path.replace("APP", app.id)}?state=x&code=y`);
    expect(answer.status).toBe(status);
    expect(answer.headers.get("content-type")).toContain("text/html");
  });
});
