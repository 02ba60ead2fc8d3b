/**
 * The links in account emails: opening one does not use it up, and an invalid one gets an error
 * page with a status.
 */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { GET as verifyDeveloper } from "@/app/(site)/verify-email/route";
import { deleteApp } from "@/lib/apps/delete";
import { freezeClock, now } from "@/lib/clock";
import { db } from "@/lib/database/client";
import { askAs } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, locationOf, OPERATOR, type SendOptions, send } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp("Photo <Blog>"), someApp("Other")]);
});
beforeEach(() => forgetState("limit/link-redemptions", "limit/email-requests"));

interface Kind {
  page: string;
  /** Requests an email. → its recipient */
  mail(of: TestApp): Promise<string>;
  /** The fields of the page's form. */
  fields: Record<string, string>;
}

const KINDS: Kind[] = [
  {
    page: "verify",
    mail: async (of) => (await someSession(of.id)).email,
    fields: { decision: "mine" },
  },
  {
    page: "reset",
    mail: async (of) => {
      const { email } = await someSession(of.id);
      await askAs(of, `/api/auth/password/forgot/${of.id}`, { email });
      return email;
    },
    fields: { password: "a new horse battery" },
  },
  {
    page: "change-email",
    mail: async (of) => {
      const [bob, email] = [await someSession(of.id), someEmail("moved")];
      const body = { email, password: SOME_PASSWORD };
      await askAs(of, `/api/auth/email/change/${of.id}`, body, { bearer: bob.token });
      return email;
    },
    fields: {},
  },
  {
    page: "invitation",
    mail: async (of) => {
      const email = someEmail("invited");
      await askAs(of, `/api/v1/apps/${of.id}/invitations`, { email });
      return email;
    },
    fields: { password: "a new horse battery" },
  },
];

async function mailed(kind: Kind, of = app) {
  return lastMail(await kind.mail(of));
}

function open(page: string, token: string, of = app, options: SendOptions = {}) {
  return send(`/o/${of.id}/${page}?token=${encodeURIComponent(token)}`, options);
}

function press({ page, fields }: Kind, token: string, of = app) {
  return new Browser(of).submit(page, { token, ...fields });
}

describe.each(KINDS)("a link to the page $page", (kind) => {
  it("opens its page any number of times, and can still be used", async () => {
    const { token, path } = await mailed(kind);
    for (let round = 0; round < 3; round++) {
      const answer = await send(path);
      expect([answer.status, locationOf(answer).pathname]).toEqual([303, `/o/${app.id}/${kind.page}/confirm`]);
      expect(locationOf(answer).searchParams.get("token")).toBe(token);
      expect(answer.headers.get("cache-control")).toBe("no-store");
    }
    expect((await press(kind, token)).status).toBe(303);
  });

  it("gets a 400 page if it is used, truncated, malformed, another app's or of another purpose", async () => {
    const { token } = await mailed(kind);
    const theirs = await mailed(kind, otherApp);
    const other = await mailed(KINDS.find(({ page }) => page !== kind.page) as Kind);
    await press(kind, token);
    for (const bad of [token, token.slice(0, -1), theirs.token, other.token, "", "x", `${token}<script>`]) {
      for (const answer of [await open(kind.page, bad), await press(kind, bad)]) {
        expect(answer.status, bad).toBe(400);
        expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
        expect(answer.headers.get("content-security-policy")).toContain("default-src 'none'");
        expect(answer.body).toContain("This link doesn’t work");
        expect(answer.body).toMatch(/class="button" href="\/o\/app_\w+\/(account\/start|forgot)"/);
        expect(answer.body).toContain("<title>This link doesn’t work · Photo &lt;Blog&gt;</title>");
        expect(answer.body).not.toContain("<script>");
      }
    }
    expect((await press(kind, theirs.token, otherApp)).status).toBe(303);
  });

  it("is reported as expired, and if it was used, as used", async () => {
    const [used, late] = [await mailed(kind), await mailed(kind)];
    await press(kind, used.token);
    freezeClock(new Date(now().getTime() + 8 * 24 * 3600_000));
    expect((await open(kind.page, late.token)).body).toContain("has expired");
    expect((await open(kind.page, used.token)).body).toContain("already used");
    freezeClock(null);
  });

  it("works once if its form is submitted 20 times at once", async () => {
    const { token } = await mailed(kind);
    const answers = await Promise.all(Array.from({ length: 20 }, () => press(kind, token)));
    expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19);
  });

  it("cannot be used by another site's form", async () => {
    const { token } = await mailed(kind);
    const headers = { "sec-fetch-site": "cross-site" };
    expect((await new Browser(app).submit(kind.page, { token, ...kind.fields }, headers)).status).toBe(403);
    expect((await press(kind, token)).status).toBe(303);
  });

  it("gets a 404 once the app is deleted", async () => {
    const doomed = await someApp();
    const { token } = await mailed(kind, doomed);
    await deleteApp(doomed.id, OPERATOR);
    expect((await open(kind.page, token, doomed)).status).toBe(404);
    expect((await press(kind, token, doomed)).status).toBe(404);
  });

  it("is rejected with 429 after 60 attempts from one IP address", async () => {
    const browser = new Browser(app);
    const answers = await Promise.all(
      Array.from({ length: 62 }, () => browser.submit(kind.page, { token: "x", ...kind.fields })),
    );
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(2);
  });
});

describe.each(KINDS.slice(0, 3))("a link of a user to the page $page", (kind) => {
  it("gets a 403 while the user is disabled", async () => {
    const email = await kind.mail(app);
    const { token, userId } = await lastMail(email);
    const where = { appId_id: { appId: app.id, id: userId ?? "" } };
    await db().user.update({ where, data: { disabledAt: now() } });
    expect((await open(kind.page, token)).status).toBe(403);
    expect((await press(kind, token)).status).toBe(403);
    await db().user.update({ where, data: { disabledAt: null } });
    expect((await press(kind, token)).status).toBe(303);
  });
});

it("links of developers, and only those, lead to the dashboard", async () => {
  const { token } = await mailed(KINDS[0] as Kind);
  const answer = await verifyDeveloper(new Request(`http://localhost:8000/verify-email?token=${token}`), {
    params: undefined,
  });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('href="/login"');
  expect((await open("verify", token, { ...app, id: "app_foyer" })).status).toBe(404);
});
