/** New passwords against published leaks, with a server in place of Have I Been Pwned. */
import { createHash } from "node:crypto";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { inviteUser } from "@/lib/account/invitations";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { env } from "@/lib/env";
import { TENANT_ZERO } from "@/lib/ids";
import { createDeveloper, setDeveloperPassword } from "@/lib/users/developers";
import { hashingLoad } from "@/lib/users/password-hashing";
import { askAs, someResetLink } from "@/test/support/account";
import { emailAddress, SOME_PASSWORD, someApp, someEmail, someSession, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { authorizeUrl, Browser, locationOf, OPERATOR, someClient } from "@/test/support/oauth";

const LEAKED = "a horse that was leaked";
const PROBLEM = "appears in a published leak of passwords. Choose another one.";

const PADDING = `${"0".repeat(34)}1:0`;
const OTHER = `${"A".repeat(35)}:17`;

function hashOf(password: string): string {
  return createHash("sha1").update(password).digest("hex").toUpperCase();
}

/** The entry of the leaked password. */
function entry(count = 3): string {
  return `${hashOf(LEAKED).slice(5)}:${count}`;
}

let received: { url: string; headers: NodeJS.Dict<string | string[]>; hashing: number }[] = [];
let respond: RequestListener;
const server = createServer((request, response) => {
  received.push({ url: request.url ?? "", headers: request.headers, hashing: hashingLoad().running });
  respond(request, response);
});

function withBody(body: string, status = 200, headers = {}): RequestListener {
  return (_, response) => void response.writeHead(status, headers).end(body);
}

let app: TestApp;
let neighbor: TestApp;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const port = (server.address() as AddressInfo).port;
  // The same as for an operator whose mirror is internal, although loopback isn't allowed elsewhere.
  Object.assign(env(), { HIBP_URL: `http://127.0.0.1:${port}/range/`, allowLoopback: false });
  [app, neighbor] = await Promise.all([someApp(), someApp()]);
  await updateApp(app.id, { settings: { breached_passwords: true } }, OPERATOR);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  received = [];
  respond = withBody([OTHER, entry(), PADDING].join("\r\n"));
});

function signUp(password: string, of = app) {
  return askAs(of, `/api/auth/credentials/signup/${of.id}`, { email: someEmail(), password });
}

async function outages(appId: string): Promise<{ reason: string | null; count: number }[]> {
  const where = { appId, type: "breached_passwords.unavailable" };
  return db().auditEvent.findMany({ where, select: { reason: true, count: true } });
}

describe("a new password", () => {
  it("is rejected with a sentence that names the field, if it was leaked", async () => {
    const answer = await signUp(LEAKED);
    expect([answer.status, answer.body.error, answer.body.fields]).toEqual([
      400,
      "invalid_request",
      { password: PROBLEM },
    ]);
  });

  it("leaves only 5 characters of its hash at the service, which is asked for padding", async () => {
    await signUp(LEAKED);
    expect(received.map(({ url }) => url)).toEqual([`/range/${hashOf(LEAKED).slice(0, 5)}`]);
    expect(received[0]?.headers["add-padding"]).toBe("true");
    expect(JSON.stringify(received)).not.toContain(hashOf(LEAKED).slice(5, 12));
    expect(JSON.stringify(received)).not.toContain(app.id);
  });

  it("is accepted if its hash isn't listed, or only as padding", async () => {
    respond = withBody([OTHER, entry(0)].join("\r\n"));
    expect((await signUp(LEAKED)).status).toBe(201);
    respond = withBody(OTHER);
    expect((await signUp(SOME_PASSWORD)).status).toBe(201);
    expect(await outages(app.id)).toEqual([]);
  });

  it("is recognized in a list with small letters and line feeds", async () => {
    respond = withBody([OTHER, entry()].join("\n").toLowerCase());
    expect((await signUp(LEAKED)).status).toBe(400);
  });

  it("isn't sent if a cheaper rule rejects it, nor for an app that doesn't check its passwords", async () => {
    expect((await signUp("short")).status).toBe(400);
    expect((await signUp("password")).status).toBe(400);
    expect((await signUp(LEAKED, neighbor)).status).toBe(201);
    expect(received).toEqual([]);
  });

  it("waits without a slot for hashing", async () => {
    await signUp(SOME_PASSWORD);
    expect(received.map(({ hashing }) => hashing)).toEqual([0]);
  });
});

describe("the places where a password is set reject a leaked one", () => {
  const settings = { breached_passwords: true };

  async function hostedSignUp() {
    const browser = new Browser(app);
    const client = await someClient(app);
    const interaction = locationOf(await browser.open(authorizeUrl(client))).searchParams.get("interaction") ?? "";
    await browser.submit("signup", { interaction, email: browser.email, password: LEAKED });
    const { form } = await db().authorizationRequest.findFirstOrThrow({ where: { appId: app.id, id: interaction } });
    return form;
  }

  it("on the hosted sign-up page", async () =>
    expect(await hostedSignUp()).toMatchObject({ screen: "signup", fields: { password: PROBLEM } }));

  it("in the management API: a created and an updated user", async () => {
    const users = `/api/v1/apps/${app.id}/users`;
    const created = await askAs(app, users, { email: someEmail(), password: LEAKED });
    expect(created.body.fields).toEqual({ password: PROBLEM });
    const bob = await someSession(app.id);
    const updated = await askAs(app, `${users}/${bob.userId}`, { password: LEAKED }, { method: "PATCH" });
    expect(updated.body.fields).toEqual({ password: PROBLEM });
  });

  it("in a password change", async () => {
    const bob = await someSession(app.id);
    const change = { current_password: SOME_PASSWORD, new_password: LEAKED };
    const path = `/api/auth/password/change/${app.id}`;
    expect((await askAs(app, path, change, { bearer: bob.token })).body.fields).toEqual({ new_password: PROBLEM });
  });

  it("in a reset, whose link stays valid", async () => {
    const bob = await someResetLink(app);
    const reset = (password: string) =>
      askAs(app, `/api/auth/password/reset/${app.id}`, { token: bob.token, password });
    expect((await reset(LEAKED)).body.fields).toEqual({ password: PROBLEM });
    expect((await reset("a horse of its own")).status).toBe(204);
  });

  it("in an accepted invitation", async () => {
    const email = someEmail();
    await inviteUser(await getApp(app.id), { email: emailAddress(email) }, OPERATOR);
    const { token } = await lastMail(email);
    const answer = await new Browser(app).submit("invitation", { token, password: LEAKED });
    expect(answer.status).toBe(303);
    expect(await db().user.count({ where: { appId: app.id, email } })).toBe(0);
  });

  it("for developers, if the dashboard's own app checks them", async () => {
    const email = emailAddress(someEmail());
    await createDeveloper({ email, password: SOME_PASSWORD, by: OPERATOR });
    await updateApp(TENANT_ZERO, { settings }, OPERATOR);
    const problem = { options: { fields: { password: PROBLEM } } };
    const other = { email: emailAddress(someEmail()), password: LEAKED, by: OPERATOR };
    await expect(createDeveloper(other)).rejects.toMatchObject(problem);
    await expect(setDeveloperPassword({ email, password: LEAKED, by: OPERATOR })).rejects.toMatchObject(problem);
    await updateApp(TENANT_ZERO, { settings: { breached_passwords: false } }, OPERATOR);
  });
});

describe("a password is accepted, with an event, if the service", () => {
  const redirect = withBody("", 302, { location: "http://127.0.0.1:1/range/" });
  const huge = withBody(`${OTHER}\r\n`.repeat(20_000));
  const half: RequestListener = (_, response) => void response.writeHead(200).write(`${OTHER}\r\n`);
  it.each<[string, RequestListener, string]>([
    ["fails", withBody("", 500), "unexpected_response"],
    ["limits requests", withBody("", 429), "unexpected_response"],
    ["redirects", redirect, "unexpected_response"],
    ["sends something else", withBody("<html>Sign in to the network</html>"), "unexpected_response"],
    ["sends nothing", withBody(""), "unexpected_response"],
    ["sends too much", huge, "too_large"],
    ["doesn't respond", () => undefined, "timeout"],
    ["stops in the middle", half, "timeout"],
    ["closes the connection", (request) => void request.socket.destroy(), "unreachable"],
  ])("%s", async (_, response, reason) => {
    const other = await someApp();
    await updateApp(other.id, { settings: { breached_passwords: true } }, OPERATOR);
    respond = response;
    const startedAt = performance.now();
    expect((await signUp(LEAKED, other)).status).toBe(201);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(received).toHaveLength(1);
    expect(await outages(other.id)).toEqual([{ reason, count: 1 }]);
  });

  it("fails for twenty sign-ups, which one event counts", async () => {
    const other = await someApp();
    await updateApp(other.id, { settings: { breached_passwords: true } }, OPERATOR);
    respond = withBody("", 503);
    const answers = await Promise.all(Array.from({ length: 20 }, () => signUp(LEAKED, other)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(201));
    const found = await outages(other.id);
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(20);
    // Two, if a minute ended meanwhile.
    expect(found.length).toBeLessThanOrEqual(2);
  });
});
