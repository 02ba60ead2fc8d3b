/**
 * Forms that work once, submitted twice: a double click, or a reload while the response is on its
 * way, gets the result of the first submission.
 */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { askAs } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import {
  allow,
  Browser,
  begin,
  beginConsent,
  exchangeCode,
  type Fields,
  locationOf,
  OPERATOR,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
});
beforeEach(() => forgetState("limit/link-redemptions", "limit/email-requests"));

interface Form {
  browser: Browser;
  /** Its address, under the app's issuer or absolute. */
  path: string;
  fields: Record<string, string>;
  /** Another answer in the same form. */
  otherwise: Record<string, string>;
}

async function emailed(page: string, to: string, fields: Record<string, string>, otherwise: Record<string, string>) {
  const browser = new Browser(app);
  const { token, path } = await lastMail(to);
  await browser.open(path);
  return { browser, path: `/o/${app.id}/${page}/submit`, fields: { token, ...fields }, otherwise };
}

const FORMS: Record<string, () => Promise<Form>> = {
  "sign-up": async () => {
    const browser = new Browser(app);
    const fields = { interaction: await begin(browser, client), email: browser.email, password: SOME_PASSWORD };
    return { browser, path: `/o/${app.id}/signup/submit`, fields, otherwise: { password: "another horse battery" } };
  },
  "sign-in of a user who allowed the client before": async () => {
    const browser = new Browser(app);
    await allow(browser, await beginConsent(browser, client));
    const interaction = await begin(browser, client, { prompt: "login" });
    const fields = { interaction, email: browser.email, password: SOME_PASSWORD };
    return { browser, path: `/o/${app.id}/signin/submit`, fields, otherwise: { password: "another horse battery" } };
  },
  "account selection": async () => {
    const browser = new Browser(app);
    await allow(browser, await beginConsent(browser, client));
    const interaction = await begin(browser, client, { prompt: "select_account" });
    const fields = { interaction, decision: "continue" };
    return { browser, path: `/o/${app.id}/select-account/submit`, fields, otherwise: { again: "1" } };
  },
  consent: async () => {
    const browser = new Browser(app);
    const fields = { interaction: await beginConsent(browser, client), user: await browser.userId() };
    const path = `/o/${app.id}/consent/submit`;
    return { browser, path, fields: { ...fields, decision: "allow" }, otherwise: { decision: "deny" } };
  },
  "denied consent": async () => {
    const browser = new Browser(app);
    const fields = { interaction: await beginConsent(browser, client), user: await browser.userId() };
    const path = `/o/${app.id}/consent/submit`;
    return { browser, path, fields: { ...fields, decision: "deny" }, otherwise: { decision: "allow" } };
  },
  "emailed code": async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    await browser.submit("magic-link", { interaction, email: browser.email });
    const code = (await lastMail(browser.email)).content.code ?? "";
    const otherwise = { code: code === "000000" ? "000001" : "000000" };
    return { browser, path: `/o/${app.id}/magic-link/code/submit`, fields: { interaction, code }, otherwise };
  },
  "magic link": async () => {
    const browser = new Browser(app);
    await browser.submit("magic-link", { interaction: await begin(browser, client), email: browser.email });
    const { token } = await lastMail(browser.email);
    return { browser, path: `/o/${app.id}/magic-link/link/submit`, fields: { token }, otherwise: { token: "x" } };
  },
  "magic link of the app's own page": async () => {
    const email = someEmail();
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
    const { token, path } = await lastMail(email);
    const browser = new Browser(app);
    await browser.open(path);
    return { browser, path: `/o/${app.id}/magic-link/link/submit`, fields: { token }, otherwise: { token: "x" } };
  },
  "email verification": async () => {
    const { email } = await someSession(app.id);
    return emailed("verify", email, { decision: "mine" }, { decision: "not_mine" });
  },
  "disowned email": async () => {
    const { email } = await someSession(app.id);
    return emailed("verify", email, { decision: "not_mine" }, { decision: "mine" });
  },
  "password reset": async () => {
    const { email } = await someSession(app.id);
    await askAs(app, `/api/auth/password/forgot/${app.id}`, { email });
    return emailed("reset", email, { password: "a new horse battery" }, { password: "another horse battery" });
  },
  "email change": async () => {
    const [bob, email] = [await someSession(app.id), someEmail("moved")];
    const body = { email, password: SOME_PASSWORD };
    await askAs(app, `/api/auth/email/change/${app.id}`, body, { bearer: bob.token });
    return emailed("change-email", email, {}, { again: "1" });
  },
  invitation: async () => {
    const email = someEmail("invited");
    await askAs(app, `/api/v1/apps/${app.id}/invitations`, { email });
    return emailed("invitation", email, { password: "a new horse battery" }, { password: "another horse battery" });
  },
  "account deletion": async () => {
    const browser = new Browser(app);
    await beginConsent(browser, client);
    const fields = { password: SOME_PASSWORD, user: await browser.userId() };
    return { browser, path: `/o/${app.id}/account/delete/submit`, fields, otherwise: { password: "something else" } };
  },
};

function press({ browser, path, fields }: Form, changes: Fields = {}, by = browser) {
  const form = { ...fields, ...(changes as Record<string, string>) };
  return by.open(path, { form, headers: { "sec-fetch-site": "same-origin" } });
}

type Answer = Awaited<ReturnType<typeof press>>;

function resultOf({ status, headers, body }: Answer) {
  return { status, location: headers.get("location"), cookies: headers.getSetCookie(), body };
}

/** The same cookies, but none that an earlier response set: both submissions left the browser at once. */
function twinOf(browser: Browser): Browser {
  const twin = new Browser(browser.app, browser.email);
  for (const [name, value] of browser.cookies) twin.cookies.set(name, value);
  return twin;
}

async function elsewhere(): Promise<Browser> {
  const other = new Browser(app);
  await begin(other, client);
  return other;
}

describe.each(Object.entries(FORMS))("the form of %s", (_name, open) => {
  it("gets the same result when it is submitted again, before and after the first response arrived", async () => {
    const form = await open();
    const twin = twinOf(form.browser);
    const first = await press(form);
    expect([200, 303]).toContain(first.status);
    expect(resultOf(await press(form, {}, twin))).toEqual(resultOf(first));
    expect(resultOf(await press(form))).toEqual(resultOf(first));
  });

  it("gets one result when it is submitted 20 times at once", async () => {
    const form = await open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(form, {}, twinOf(form.browser))));
    expect([200, 303]).toContain(answers[0]?.status);
    for (const answer of answers) expect(resultOf(answer)).toEqual(resultOf(answers[0] as Answer));
  });

  it("gives the result to no other browser and to no other answer", async () => {
    const form = await open();
    const stranger = await elsewhere();
    const [first, twin] = [resultOf(await press(form)), twinOf(form.browser)];
    for (const answer of [await press(form, {}, stranger), await press(form, form.otherwise, twin)]) {
      const result = resultOf(answer);
      expect(result.location === null || result.location !== first.location || result.cookies.length === 0).toBe(true);
      expect(result).not.toEqual(first);
      expect(result.location ?? "").not.toContain("code=");
    }
  });
});

describe("a repeated consent", () => {
  it("redirects with the code of the first, which is still redeemed once", async () => {
    const form = await (FORMS.consent as () => Promise<Form>)();
    const answers = await Promise.all([press(form), press(form)]);
    const [code = "", again] = answers.map((answer) => locationOf(answer).searchParams.get("code") ?? "");
    expect(code).not.toBe("");
    expect(again).toBe(code);
    const exchanges = [await exchangeCode(client, code), await exchangeCode(client, code)];
    expect(exchanges.map(({ status }) => status)).toEqual([200, 400]);
  });

  it("never tells the client both a code and an error", async () => {
    const form = await (FORMS.consent as () => Promise<Form>)();
    const decisions = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? "allow" : "deny"));
    const answers = await Promise.all(decisions.map((decision) => press(form, { decision })));
    const told = answers.map((answer) => locationOf(answer)).filter(({ host }) => host === "photos.example");
    expect(told).toHaveLength(10);
    expect(new Set(told.map(String)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(10);
  });

  it("is not the answer of the user who signed in afterwards", async () => {
    const form = await (FORMS.consent as () => Promise<Form>)();
    await press(form);
    await form.browser.submit("account/signout", {});
    const other = new Browser(app, someEmail());
    for (const [name, value] of form.browser.cookies) other.cookies.set(name, value);
    await other.signUp(await begin(other, client));
    expect((await press(form, {}, other)).status).toBe(400);
  });
});

describe("a repeated account deletion", () => {
  it("never concerns the account that the same browser created afterwards", async () => {
    const browser = new Browser(app);
    await beginConsent(browser, client);
    const first = await browser.userId();
    const remove = (user?: string) => browser.submit("account/delete", { password: SOME_PASSWORD, user });
    expect(screenOf(await remove(first))).toBe("done/closed");
    browser.registered = false;
    await beginConsent(browser, client);
    const second = await browser.userId();
    expect(second).not.toBe(first);
    expect(screenOf(await remove())).toBe("done/closed");
    expect(await db().user.count({ where: { appId: app.id, id: second } })).toBe(0);
  });
});

describe("a result", () => {
  it("is kept for 30 seconds, encrypted", async () => {
    const form = await (FORMS.invitation as () => Promise<Form>)();
    const first = await press(form);
    const [row] = await db().idempotencyKey.findMany({ where: { appId: app.id }, orderBy: { createdAt: "desc" } });
    const seconds = ((row?.expiresAt.getTime() ?? 0) - (row?.createdAt.getTime() ?? 0)) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(30);
    expect(seconds).toBeLessThan(40);
    const secret = first.headers.getSetCookie()[0]?.split("=")[1]?.split(";")[0] ?? "-";
    expect(row?.bodySealed).not.toContain(secret);
    await db().idempotencyKey.updateMany({ where: { appId: app.id }, data: { expiresAt: now() } });
    expect((await press(form)).status).toBe(400);
  });

  it("is kept for a sign-up that must verify the email address first", async () => {
    const strict = await someApp();
    await updateApp(strict.id, { settings: { require_verified_email: true } }, OPERATOR);
    const browser = new Browser(strict);
    const interaction = await begin(browser, await someClient(strict));
    for (let time = 0; time < 2; time++) expect(screenOf(await browser.signUp(interaction))).toBe("verify/pending");
  });

  it("is not kept for a rejected submission, which can be sent again", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const taken = await someSession(app.id);
    const fields = { interaction, email: taken.email, password: SOME_PASSWORD };
    expect(screenOf(await browser.submit("signup", fields))).toBe("signup");
    await db().user.delete({ where: { appId_id: { appId: app.id, id: taken.userId } } });
    expect(screenOf(await browser.submit("signup", fields))).toBe("consent");
  });
});
