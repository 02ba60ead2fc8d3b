/** The bot check of the hosted forms: which forms need it, and which solutions pass. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { solveChallenge } from "altcha-lib";
import { deriveKey } from "altcha-lib/algorithms/pbkdf2";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { freezeClock } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { env } from "@/lib/env";
import { listRoutes } from "@/scripts/bootstrap/routes.mjs";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { authorizeUrl, Browser, locationOf, OPERATOR, screenOf, send, someClient } from "@/test/support/oauth";
import { BOT_CHECK_FAILED, requireBotCheck } from "./check";
import { CHECKED_FORMS, type CheckedFormName } from "./forms";
import { isForeign, SITEVERIFY } from "./siteverify";

// A challenge that is solved by the third counter.
vi.mock("altcha-lib", async (original) => ({ ...(await original<typeof import("altcha-lib")>()), randomInt: () => 2 }));

/** Hosted forms without the check: each needs a session, an emailed secret or another proof already. */
const EXEMPT = [
  /^account\//,
  /^(change-email|verify|reset|invitation)$/,
  /^verify\/resend$/,
  /^magic-link\/(code|link|password)$/,
  /^(consent|select-account|social)$/,
  /^device(\/confirm)?$/,
  /^second-factor/,
  // A passkey can't be guessed.
  /^(passkey-offer|signin\/passkey)$/,
  /^step-up/,
];

let app: TestApp;
let neighbor: TestApp;
let off: TestApp;
beforeAll(async () => {
  [app, neighbor, off] = await Promise.all([someApp(), someApp(), someApp()]);
  await updateApp(app.id, { settings: { bot_check: "altcha" } }, OPERATOR);
  await updateApp(neighbor.id, { settings: { bot_check: "altcha" } }, OPERATOR);
});

async function begin(browser: Browser): Promise<string> {
  const answer = await browser.open(authorizeUrl(await someClient(browser.app)));
  return locationOf(answer).searchParams.get("interaction") ?? "";
}

async function challenge(page: string, appId = app.id) {
  return (await send(`/o/${appId}/bot-check?page=${page}`)).body;
}

function encode(payload: unknown): string {
  return Buffer.from(JSON.stringify(payload)).toString("base64");
}

async function solve(given: Awaited<ReturnType<typeof challenge>>): Promise<string> {
  const { derivedKey, counter } = (await solveChallenge({ challenge: given, deriveKey })) ?? {};
  return encode({ challenge: given, solution: { counter, derivedKey } });
}

async function solution(page: string, appId = app.id): Promise<string> {
  return solve(await challenge(page, appId));
}

/** What the page says after a form: its message, or null. */
async function messageAfter(browser: Browser, interaction: string): Promise<string | null> {
  const where = { appId: browser.app.id, id: interaction };
  const row = await db().authorizationRequest.findFirst({ where, select: { form: true } });
  return (row?.form as { message?: string } | null)?.message ?? null;
}

function submit(browser: Browser, form: string, interaction: string, more: Record<string, string> = {}) {
  return browser.submit(form, { interaction, email: browser.email, password: SOME_PASSWORD, ...more });
}

async function failures(appId: string): Promise<(string | null)[]> {
  const where = { appId, type: "bot_check.failed" };
  const rows = await db().auditEvent.findMany({ where, select: { reason: true }, orderBy: { id: "asc" } });
  return rows.map(({ reason }) => reason);
}

describe("every hosted form", () => {
  const forms = listRoutes(`${process.cwd()}/app`).flatMap(
    ({ path }) => /^\/o\/\[app\]\/(.+)\/submit$/.exec(path)?.[1] ?? [],
  );

  it("is covered by the check, or exempt for a reason", () => {
    const covered = Object.keys(CHECKED_FORMS);
    expect(forms.filter((form) => !covered.includes(form) && !EXEMPT.some((one) => one.test(form)))).toEqual([]);
    expect(covered.filter((form) => !forms.includes(form))).toEqual([]);
  });

  it.each(Object.entries(CHECKED_FORMS).filter(([, form]) => !("onlyAfterFailures" in form)))(
    "%s is rejected without a solution, and nothing happens",
    async (form) => {
      const { email } = await someSession(app.id);
      const browser = new Browser(app, form === "signup" ? someEmail() : email);
      const mails = () => db().mail.count({ where: { appId: app.id } });
      const before = await mails();
      const answer = await submit(browser, form, await begin(browser));
      expect(answer.status).toBe(303);
      expect(screenOf(answer)).toBe(form === "magic-link" ? "signin" : form);
      expect(await mails()).toBe(before);
      expect(await db().user.count({ where: { appId: app.id, email: browser.email } })).toBe(form === "signup" ? 0 : 1);
      expect(browser.received.join()).not.toContain("foyer-session");
    },
  );

  it.each(["signup", "magic-link", "forgot"])("%s works with a solution of its page", async (form) => {
    const browser = new Browser(app);
    const interaction = await begin(browser);
    const page = CHECKED_FORMS[form as CheckedFormName].page;
    const answer = await submit(browser, form, interaction, { bot_check: await solution(page) });
    expect(answer.status).toBe(303);
    expect(await messageAfter(browser, interaction)).toBeNull();
    if (form === "signup") expect(await browser.userId()).toMatch(/^usr_/);
    if (form === "magic-link") expect(screenOf(answer)).toBe("magic-link");
  });

  it("needs no solution if the app has no check", async () => {
    const browser = new Browser(off);
    await submit(browser, "signup", await begin(browser));
    expect(await browser.userId()).toMatch(/^usr_/);
    expect((await send(`/o/${off.id}/bot-check?page=signup`)).status).toBe(404);
  });
});

describe("sign-in", () => {
  it("needs a solution once three sign-ins of the account failed, even with the right password", async () => {
    const { email } = await someSession(app.id);
    for (let count = 0; count < 3; count++) {
      const browser = new Browser(app, email);
      await submit(browser, "signin", await begin(browser), { password: "wrong password" });
    }
    const browser = new Browser(app, email);
    const interaction = await begin(browser);
    await submit(browser, "signin", interaction);
    expect(await messageAfter(browser, interaction)).toBe(BOT_CHECK_FAILED);
    await submit(browser, "signin", interaction, { bot_check: await solution("signin") });
    expect(await browser.userId()).toMatch(/^usr_/);
    // A success forgets the failures.
    const next = new Browser(app, email);
    await submit(next, "signin", await begin(next));
    expect(await next.userId()).toMatch(/^usr_/);
  });

  it("needs a solution once three sign-ins of the IP address failed", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser);
    for (let count = 0; count < 3; count++)
      await submit(browser, "signin", interaction, { email: someEmail(), password: "wrong password" });
    await submit(browser, "signin", interaction, { email: someEmail(), password: "wrong password" });
    expect(await messageAfter(browser, interaction)).toBe(BOT_CHECK_FAILED);
  });
});

describe("a solution", () => {
  const reject = (token: string | undefined, form: CheckedFormName = "signup", appId = app.id) =>
    expect(check(token, form, appId)).rejects.toMatchObject({ status: 400, code: "bot_check_failed" });

  async function check(token: string | undefined, form: CheckedFormName = "signup", appId = app.id) {
    return requireBotCheck(await getApp(appId), form, token);
  }

  it("works once, also if twenty requests send it at once", async () => {
    const token = await solution("signup");
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => check(token)));
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await reject(token);
    expect((await failures(app.id)).at(-1)).toBe("reused");
  });

  it("works once, however it is encoded", async () => {
    const token = await solution("signup");
    await check(token);
    const payload = JSON.parse(Buffer.from(token, "base64").toString());
    await reject(encode({ solution: { ...payload.solution, time: 5 }, challenge: payload.challenge }));
    await reject(token.replace(/=+$/, ""));
  });

  it("isn't valid for another page or another app", async () => {
    await reject(await solution("forgot"));
    await reject(await solution("signup"), "magic-link");
    await reject(await solution("signup", neighbor.id));
    await check(await solution("signin"), "magic-link");
  });

  it("expires", async () => {
    const token = await solution("signup");
    freezeClock(new Date(Date.now() + 1201_000));
    await reject(token);
    expect((await failures(app.id)).at(-1)).toBe("expired");
  });

  it("must be made for a challenge that Foyer signed", async () => {
    const given = await challenge("signup");
    const payload = JSON.parse(Buffer.from(await solve(given), "base64").toString());
    const { parameters, signature } = payload.challenge;
    const changed = (change: object) =>
      encode({ ...payload, challenge: { signature, parameters: { ...parameters, ...change } } });
    await reject(changed({ expiresAt: parameters.expiresAt + 1 }));
    await reject(changed({ data: { page: "signin" } }), "magic-link");
    await reject(changed({ cost: 1 }));
    await reject(changed({ keyPrefix: "00" }));
    await reject(changed({ extra: 1 }));
    await reject(encode({ ...payload, challenge: { parameters, signature: "0".repeat(64) } }));
    await reject(encode({ ...payload, challenge: { parameters } }));
    await reject(encode({ ...payload, solution: { counter: 1, derivedKey: "0".repeat(64) } }));
    await reject(encode({ ...payload, solution: { counter: 2, derivedKey: parameters.keyPrefix.padEnd(64, "0") } }));
  });

  it.each([
    ["nothing", undefined],
    ["an empty text", ""],
    ["garbage", "%%%"],
    ["JSON of another kind", encode([1])],
    ["null", encode(null)],
    ["deep JSON", Buffer.from("[".repeat(3000)).toString("base64")],
    ["a megabyte", "A".repeat(1 << 20)],
    ["NUL", "\0"],
  ])("that is %s is rejected", (_, token) => reject(token));
});

describe("a challenge", () => {
  it("is for one of the pages, isn't cached, and contains no secret", async () => {
    const answer = await send(`/o/${app.id}/bot-check?page=signup`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(Object.keys(answer.body).sort()).toEqual(["parameters", "signature"]);
    expect((await send(`/o/${app.id}/bot-check?page=consent`)).status).toBe(400);
    expect((await send(`/o/${app.id}/bot-check`)).status).toBe(400);
    expect((await send("/o/app_01nowhere00000/bot-check?page=signup")).status).toBe(404);
  });

  it("is limited by IP address", async () => {
    const ip = "198.51.100.77";
    const answers = await Promise.all(
      Array.from({ length: 130 }, () => send(`/o/${app.id}/bot-check?page=signup`, { ip })),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(10);
  });
});

describe.each(["turnstile", "hcaptcha"] as const)("%s", (provider) => {
  let received: URLSearchParams[] = [];
  let reply: (response: ServerResponse) => void;
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    received.push(new URLSearchParams(body));
    reply(response);
  });
  const say = (answer: unknown, status = 200) => {
    reply = (response) =>
      void response.writeHead(status).end(typeof answer === "string" ? answer : JSON.stringify(answer));
  };
  let shop: TestApp;
  let page: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    page = SITEVERIFY[provider].url;
    SITEVERIFY[provider].url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/siteverify`;
    shop = await someApp();
    const settings = { bot_check: provider, bot_check_site_key: "the-site-key" };
    await updateApp(shop.id, { settings, bot_check_secret: "the-secret" }, OPERATOR);
  });
  beforeEach(() => {
    received = [];
    say({ success: true, hostname: "localhost" });
  });
  afterAll(() => {
    SITEVERIFY[provider].url = page;
    server.closeAllConnections();
    server.close();
  });

  async function signUp(token?: string): Promise<string | null> {
    const browser = new Browser(shop);
    const interaction = await begin(browser);
    await submit(browser, "signup", interaction, token === undefined ? {} : { bot_check: token });
    const message = await messageAfter(browser, interaction);
    if (message === null) expect(await browser.userId()).toMatch(/^usr_/);
    return message;
  }

  async function outages() {
    const where = { appId: shop.id, type: "bot_check.unavailable" };
    return (await db().auditEvent.findMany({ where, orderBy: { id: "asc" } })).map(({ reason }) => reason);
  }

  it("verifies the token with the secret and the user's IP address, once", async () => {
    expect(await signUp("a-token")).toBeNull();
    expect(received).toHaveLength(1);
    expect(Object.fromEntries(received[0] ?? [])).toMatchObject({ secret: "the-secret", response: "a-token" });
    expect(received[0]?.get("remoteip")).toMatch(/^[\d.]+$/);
    if (provider === "hcaptcha") expect(received[0]?.get("sitekey")).toBe("the-site-key");
    expect(await signUp("a-token")).toBe(BOT_CHECK_FAILED);
  });

  it("isn't asked about a token that is missing or too long", async () => {
    expect(await signUp()).toBe(BOT_CHECK_FAILED);
    await expect(requireBotCheck(await getApp(shop.id), "signup", "x".repeat(9000))).rejects.toThrow(BOT_CHECK_FAILED);
    expect(received).toEqual([]);
  });

  it.each(["timeout-or-duplicate", "invalid-input-response", "sitekey-secret-mismatch", "already-seen-response"])(
    "rejects a token: %s",
    async (code) => {
      say({ success: false, "error-codes": [code] });
      expect(await signUp(`token-${code}`)).toBe(BOT_CHECK_FAILED);
      expect((await failures(shop.id)).at(-1)).toBe(code);
    },
  );

  it("rejects a token of another website, or of another page, except in development", () => {
    const answer = { success: true, "error-codes": [] };
    const foreign = (more: object) => isForeign({ ...answer, ...more }, "signup");
    expect(foreign({ hostname: "evil.example", action: "forgot" })).toBe(false);
    Object.assign(env(), { PUBLIC_URL: "https://auth.example.com", allowLoopback: false });
    const results = [
      foreign({ hostname: "evil.example" }),
      foreign({ hostname: "auth.example.com", action: "forgot" }),
      foreign({ hostname: "Auth.Example.com", action: "signup" }),
      foreign({ hostname: "not-provided" }),
      foreign({}),
    ];
    Object.assign(env(), { PUBLIC_URL: TEST_PUBLIC_URL, allowLoopback: true });
    expect(results).toEqual([true, true, false, false, false]);
  });

  it.each<[string, () => void, string]>([
    ["fails", () => say("", 500), "unexpected_response"],
    ["sends something else", () => say("<html>"), "unexpected_response"],
    [
      "rejects the secret",
      () => say({ success: false, "error-codes": ["invalid-input-secret"] }),
      "invalid-input-secret",
    ],
    ["sends too much", () => say("x".repeat(100_000)), "too_large"],
  ])("lets the form continue, with an event, if it %s", async (name, prepare, reason) => {
    prepare();
    expect(await signUp(`token-${name}`)).toBeNull();
    expect((await outages()).at(-1)).toBe(reason);
  });
});
