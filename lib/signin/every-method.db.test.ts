/**
 * Every way to sign in, under every policy: whatever the method, the user gets no cookie, token,
 * refresh token or code before the second factor.
 */
import { beforeEach, describe, expect, it } from "vitest";
import { askAs, logIn } from "@/test/support/account";
import type { TestResponse } from "@/test/support/call";
import { SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, begin, changeClient, OPERATOR, someClient } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";
import { chooseAt, connectGitHub, RETURN_URL, signInAtStandIn } from "@/test/support/social";
import { getApp } from "../apps/apps";
import type { AppSettings } from "../apps/settings";
import { updateApp } from "../apps/update";
import { db, transaction } from "../database/client";
import { addFactor } from "../factors/factor";
import { findPending } from "./pending";

beforeEach(() => forgetState("limit/link-redemptions", "limit/email-requests"));

interface Scene {
  app: TestApp;
  /** Of the user who signs in. */
  email: string;
}

interface Method {
  name: string;
  /** The user exists before: signs in rather than up. */
  known: boolean;
  settings?: Record<string, unknown>;
  /** What must happen before the user's factor and the policy exist. */
  prepare?: (scene: Scene) => Promise<unknown>;
  run: (scene: Scene) => Promise<TestResponse>;
}

const RETURN = { return_urls: [RETURN_URL] };
const LINKS_ONLY = { methods: { magic_link: true, email_code: false } };
const CODES_ONLY = { methods: { magic_link: false, email_code: true } };

async function hosted({ app, email }: Scene): Promise<{ browser: Browser; interaction: string }> {
  const browser = new Browser(app, email);
  const client = await someClient(app);
  await changeClient(client, { first_party: true });
  return { browser, interaction: await begin(browser, client) };
}

async function requestLink({ app, email }: Scene, body: object = {}) {
  await askAs(app, `/api/auth/magic-link/${app.id}`, { email, ...body });
  return lastMail(email);
}

async function emailedCode(email: string): Promise<string> {
  const { content } = await lastMail(email);
  return /\b\d{3} ?\d{3}\b/.exec(content.text)?.[0] ?? "";
}

/** Opens the emailed link in a browser and presses its button. */
async function openLink(scene: Scene, body: object = {}): Promise<TestResponse> {
  const { token, path } = await requestLink(scene, body);
  const browser = new Browser(scene.app, scene.email);
  await browser.open(path);
  return browser.submit("magic-link/link", { token });
}

async function acceptInvitation({ app, email }: Scene, body: object = {}): Promise<TestResponse> {
  await askAs(app, `/api/v1/apps/${app.id}/invitations`, { email, ...body });
  const { token, path } = await lastMail(email);
  const browser = new Browser(app, email);
  await browser.open(path);
  return browser.submit("invitation", { token, name: "Bob", password: SOME_PASSWORD });
}

const loginOf = (email: string) => email.split("@")[0] ?? "";

const METHODS: Method[] = [
  { name: "password, API", known: true, run: ({ app, email }) => logIn(app, email) },
  {
    name: "sign-up, API",
    known: false,
    run: ({ app, email }) =>
      askAs(app, `/api/auth/credentials/signup/${app.id}`, {
        email: someEmail(loginOf(email)),
        password: SOME_PASSWORD,
      }),
  },
  {
    name: "link, API",
    known: true,
    run: async (scene) =>
      askAs(scene.app, `/api/auth/verify/${scene.app.id}`, { token: (await requestLink(scene)).token }),
  },
  {
    name: "code of the link's email, API",
    known: true,
    run: async (scene) => {
      await requestLink(scene);
      return askAs(scene.app, `/api/auth/verify/${scene.app.id}`, {
        email: scene.email,
        code: await emailedCode(scene.email),
      });
    },
  },
  {
    name: "emailed code, API",
    known: true,
    settings: CODES_ONLY,
    run: async ({ app, email }) => {
      await askAs(app, `/api/auth/email-code/${app.id}`, { email });
      return askAs(app, `/api/auth/verify/${app.id}`, { email, code: await emailedCode(email) });
    },
  },
  {
    name: "emailed code, page",
    known: true,
    settings: CODES_ONLY,
    run: async (scene) => {
      const { browser, interaction } = await hosted(scene);
      await browser.submit("magic-link", { interaction, email: scene.email });
      return browser.submit("magic-link/code", { interaction, code: await emailedCode(scene.email) });
    },
  },
  {
    name: "password, page",
    known: true,
    run: async (scene) => {
      const { browser, interaction } = await hosted(scene);
      return browser.signIn(interaction);
    },
  },
  {
    name: "sign-up, page",
    known: false,
    run: async (scene) => {
      const { browser, interaction } = await hosted(scene);
      return browser.submit("signup", { interaction, email: someEmail("new"), password: SOME_PASSWORD });
    },
  },
  {
    name: "code, page",
    known: true,
    run: async (scene) => {
      const { browser, interaction } = await hosted(scene);
      await browser.submit("magic-link", { interaction, email: scene.email });
      return browser.submit("magic-link/code", { interaction, code: await emailedCode(scene.email) });
    },
  },
  {
    name: "link, page of the same browser",
    known: true,
    run: async (scene) => {
      const { browser, interaction } = await hosted(scene);
      await browser.submit("magic-link", { interaction, email: scene.email });
      return browser.submit("magic-link/link", { token: (await lastMail(scene.email)).token });
    },
  },
  { name: "link, page of another browser", known: true, run: (scene) => openLink(scene) },
  ...(["query", "fragment", "code"] as const).map(
    (delivery): Method => ({
      name: `link, returned by ${delivery}`,
      known: true,
      settings: { ...RETURN, delivery },
      run: (scene) => openLink(scene, { redirect_uri: RETURN_URL }),
    }),
  ),
  { name: "invitation", known: false, run: (scene) => acceptInvitation({ ...scene, email: someEmail("invited") }) },
  {
    name: "invitation, returned by code",
    known: false,
    settings: { ...RETURN, delivery: "code" },
    run: (scene) => acceptInvitation({ ...scene, email: someEmail("invited") }, { redirect_uri: RETURN_URL }),
  },
  ...(["query", "code"] as const).map(
    (delivery): Method => ({
      name: `GitHub, returned by ${delivery}`,
      known: true,
      prepare: async (scene) => {
        await connectGitHub(scene.app, { delivery });
        await signInAtStandIn(new Browser(scene.app), { login: "bob" });
        const user = await db().user.findFirstOrThrow({ where: { appId: scene.app.id, identities: { some: {} } } });
        scene.email = user.email ?? "";
      },
      run: ({ app }) => signInAtStandIn(new Browser(app), { login: "bob" }),
    }),
  ),
  {
    name: "GitHub, page",
    known: true,
    prepare: async (scene) => {
      await connectGitHub(scene.app);
      await signInAtStandIn(new Browser(scene.app), { login: "bob" });
      const user = await db().user.findFirstOrThrow({ where: { appId: scene.app.id, identities: { some: {} } } });
      scene.email = user.email ?? "";
    },
    run: async (scene) => {
      const { browser, interaction } = await hosted(scene);
      const answer = await browser.submit("social", { interaction, connection: "github" });
      return browser.open(await chooseAt(answer.headers.get("location") ?? ""));
    },
  },
];

interface Policy {
  title: string;
  mfa: AppSettings["mfa"];
  enrolled: boolean;
  /** What the sign-in waits for; null if the user is admitted. */
  waits: "mfa_required" | "mfa_enrollment_required" | null;
}

const POLICIES: Policy[] = [
  { title: "off, with a factor", mfa: "off", enrolled: true, waits: null },
  { title: "optional, without a factor", mfa: "optional", enrolled: false, waits: null },
  { title: "optional, with a factor", mfa: "optional", enrolled: true, waits: "mfa_required" },
  { title: "required, without a factor", mfa: "required", enrolled: false, waits: "mfa_enrollment_required" },
  { title: "required, with a factor", mfa: "required", enrolled: true, waits: "mfa_required" },
];

async function setScene(app: TestApp, method: Method, { mfa, enrolled }: Policy): Promise<Scene> {
  const scene: Scene = { app, email: someEmail() };
  await updateApp(app.id, { settings: { mfa: "off", ...LINKS_ONLY, ...method.settings } }, OPERATOR);
  if (method.known) {
    const user = { email: scene.email, password: SOME_PASSWORD, email_verified: true };
    await askAs(app, `/api/v1/apps/${app.id}/users`, user);
  }
  await method.prepare?.(scene);
  if (enrolled) await enroll(scene);
  await updateApp(app.id, { settings: { mfa } }, OPERATOR);
  return scene;
}

async function enroll(scene: Scene): Promise<void> {
  const { app } = scene;
  const change = { userId: await userIdOf(scene), by: OPERATOR };
  await transaction(async (tx) => addFactor(tx, await getApp(app.id), change, { type: "totp" }));
}

/** What can act for a user of the app. */
async function countCredentials({ id: appId }: TestApp): Promise<number> {
  const where = { appId };
  const counts = await Promise.all([
    db().session.count({ where }),
    db().oneTimeToken.count({ where: { ...where, purpose: "exchange_code" } }),
    db().authorizationCode.count({ where }),
    db().grant.count({ where }),
  ]);
  return counts.reduce((sum, count) => sum + count);
}

/** What a response gives to a user who is signed in. */
function credentialsIn(answer: TestResponse) {
  const location = answer.headers.get("location") ?? "";
  const { searchParams, hash } = new URL(location, "https://foyer.example");
  const returned = [...searchParams.keys(), ...new URLSearchParams(hash.slice(1)).keys()];
  return {
    cookies: answer.headers.getSetCookie().filter((line) => /session|dashboard/.test(line)),
    body: Object.keys(answer.body ?? {}).filter((name) => ["token", "refresh_token", "access_token"].includes(name)),
    returned: returned.filter((name) => ["token", "code", "access_token"].includes(name)),
  };
}

const NOTHING = { cookies: [], body: [], returned: [] };

function isPage({ name }: Method): boolean {
  return !name.endsWith("API");
}

let shared: Promise<TestApp> | undefined;
const appOf = () => (shared ??= someApp());

describe.each(METHODS)("$name", (method) => {
  it.each(POLICIES.filter(({ enrolled }) => method.known || !enrolled))("$title", async (policy) => {
    // The stand-in's account belongs to one user of an app.
    const app = method.prepare ? await someApp() : await appOf();
    const scene = await setScene(app, method, policy);
    const before = await countCredentials(app);
    const answer = await method.run(scene);
    const created = (await countCredentials(app)) - before;
    const held = credentialsIn(answer);
    if (policy.waits === null) {
      expect(created, JSON.stringify(answer.body)).toBeGreaterThan(0);
      expect(held).not.toEqual(NOTHING);
      return;
    }
    expect(created).toBe(0);
    expect(held).toEqual(NOTHING);
    if (isPage(method)) {
      expect([302, 303]).toContain(answer.status);
      expect(answer.headers.get("location")).toMatch(/\/o\/app_\w+\/second-factor\?sign_in=ott_\w{26}$/);
      return;
    }
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: policy.waits, mfa_token: expect.stringMatching(/^[\w-]{43}$/) });
    expect(answer.body.methods).toContain("totp");
  });
});

function methodOf(name: string): Method {
  return METHODS.find((method) => method.name === name) ?? expect.fail(name);
}

const ADMITTED: Policy = { title: "", mfa: "optional", enrolled: false, waits: null };

it.each(["factor", "policy"])("a code is not exchanged if a %s came in between", async (change) => {
  const link = methodOf("link, returned by code");
  const scene = await setScene(await someApp(), link, ADMITTED);
  const { app } = scene;
  const answer = await link.run(scene);
  const code = new URL(answer.headers.get("location") ?? "").searchParams.get("code");
  if (change === "policy") await updateApp(app.id, { settings: { mfa: "required" } }, OPERATOR);
  else await enroll(scene);
  const exchanged = await askAs(app, `/api/auth/exchange/${app.id}`, { code });
  expect(exchanged.status).toBe(403);
  expect(exchanged.body.error).toBe(change === "policy" ? "mfa_enrollment_required" : "mfa_required");
  expect(credentialsIn(exchanged)).toEqual(NOTHING);
});

describe("a pending sign-in", () => {
  async function pendingOf(name: string) {
    const app = await someApp();
    const scene = await setScene(app, methodOf(name), { ...ADMITTED, enrolled: true });
    return { app: await getApp(app.id), scene, answer: await methodOf(name).run(scene) };
  }

  it("of a program belongs to its app, and ends with a change of the account", async () => {
    const { app, scene, answer } = await pendingOf("password, API");
    const reference = { token: answer.body.mfa_token };
    const neighbor = await getApp((await someApp()).id);
    expect(await findPending(app, reference)).toMatchObject({ method: "password", amr: ["pwd"], enroll: false });
    expect(await findPending(neighbor, reference)).toBeNull();
    expect(await findPending(app, { id: (await findPending(app, reference))?.id ?? "", browser: "x" })).toBeNull();
    await askAs(
      scene.app,
      `/api/v1/apps/${app.id}/users/${await userIdOf(scene)}`,
      { password: "another horse battery" },
      { method: "PATCH" },
    );
    expect(await findPending(app, reference)).toBeNull();
  });

  it("of a browser belongs to that browser: its ID alone is worth nothing", async () => {
    const { app, answer } = await pendingOf("password, page");
    const id = new URL(answer.headers.get("location") ?? "", "https://foyer.example").searchParams.get("sign_in") ?? "";
    const row = await db().oneTimeToken.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id } } });
    expect(row).toMatchObject({ purpose: "pending_sign_in", consumedAt: null });
    for (const browser of [undefined, "", "x".repeat(43)]) expect(await findPending(app, { id, browser })).toBeNull();
    expect(await findPending(app, { token: id })).toBeNull();
  });

  it("ends when a factor changes or the user is disabled", async () => {
    for (const change of ["factor", "disabled"] as const) {
      const { app, scene, answer } = await pendingOf("password, API");
      if (change === "factor") await enroll(scene);
      else
        await askAs(
          scene.app,
          `/api/v1/apps/${app.id}/users/${await userIdOf(scene)}`,
          { disabled: true },
          { method: "PATCH" },
        );
      expect(await findPending(app, { token: answer.body.mfa_token }), change).toBeNull();
    }
  });
});

async function userIdOf({ app, email }: Scene): Promise<string> {
  return (await db().user.findFirstOrThrow({ where: { appId: app.id, email } })).id;
}
