/** Magic links that are requested on the hosted pages. */
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { askAs } from "@/test/support/account";
import { SOME_PASSWORD, someApp, someEmail, type TestApp } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, begin, locationOf, OPERATOR, screenOf, someClient, type TestClient } from "@/test/support/oauth";
import { forgetState } from "@/test/support/process-state";

let app: TestApp;
let client: TestClient;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
});
beforeEach(() => {
  forgetState("limit/link-redemptions", "limit/email-requests");
});

async function asked(browser = new Browser(app)) {
  const interaction = await begin(browser, client);
  const answer = await browser.submit("magic-link", { interaction, email: browser.email });
  expect(screenOf(answer)).toBe("magic-link");
  return { browser, interaction, ...(await lastMail(browser.email)) };
}

function pressIn(browser: Browser, token: string) {
  return browser.submit("magic-link/link", { token });
}

function formOf(interaction: string) {
  return db().authorizationRequest.findUniqueOrThrow({ where: { appId_id: { appId: app.id, id: interaction } } });
}

describe("a magic link requested on the sign-in page", () => {
  it("continues to the consent page in the same browser", async () => {
    const { browser, token } = await asked();
    const answer = await pressIn(browser, token);
    expect(screenOf(answer)).toBe("consent");
    expect((await browser.session()).amr).toEqual(["otp"]);
  });

  it("offers both browsers when it is opened in another one, and uses nothing up before the choice", async () => {
    const { browser, interaction, path, content } = await asked();
    const phone = new Browser(app);
    for (let time = 0; time < 2; time++) {
      const page = await phone.open(path);
      expect(page.body).toContain("Sign in here</button>");
      expect(page.body).toContain(`href="/o/${app.id}/done/continue">Continue there with the code in the email</a>`);
    }
    const same = await browser.open(path);
    expect(same.body).toContain("Sign in</button>");
    expect(same.body).not.toContain("Continue there");
    expect(screenOf(await browser.submit("magic-link/code", { interaction, code: content.code ?? "" }))).toBe(
      "consent",
    );
  });

  it("offers no other browser once the sign-in there is over, or if the app requested the email", async () => {
    const { interaction, path } = await asked();
    await db().authorizationRequest.update({
      where: { appId_id: { appId: app.id, id: interaction } },
      data: { consumedAt: new Date() },
    });
    const email = someEmail();
    await askAs(app, `/api/auth/magic-link/${app.id}`, { email });
    for (const link of [path, (await lastMail(email)).path]) {
      const page = await new Browser(app).open(link);
      expect(page.status).toBe(200);
      expect(page.body).not.toContain("Continue there");
    }
  });

  it("signs another browser in there, and the interaction in the first needs a new email", async () => {
    const { browser, interaction, token, content } = await asked();
    const phone = new Browser(app);
    const answer = await pressIn(phone, token);
    expect(answer.status).toBe(200);
    expect(answer.body).toContain("request another email there");
    expect(await phone.userId()).toMatch(/^usr_/);
    expect(browser.cookies.size).toBe(1);
    // Using the link also uses up the code, so the interaction needs a new email.
    expect(screenOf(await browser.submit("magic-link/code", { interaction, code: content.code ?? "" }))).toBe(
      "magic-link",
    );
    await browser.submit("magic-link", { interaction, email: browser.email });
    const again = await lastMail(browser.email);
    const typed = await browser.submit("magic-link/code", { interaction, code: again.content.code ?? "" });
    expect(screenOf(typed)).toBe("consent");
  });

  it("continues to the consent page by its code", async () => {
    const { browser, interaction, content } = await asked();
    expect(screenOf(await browser.submit("magic-link/code", { interaction, code: content.code ?? "" }))).toBe(
      "consent",
    );
  });

  it("shows the form again for a wrong code, with the email kept", async () => {
    const { browser, interaction, content } = await asked();
    const code = content.code === "000000" ? "000001" : "000000";
    const answer = await browser.submit("magic-link/code", { interaction, code });
    expect(screenOf(answer)).toBe("magic-link");
    expect((await formOf(interaction)).form).toMatchObject({
      screen: "magic-link",
      email: browser.email,
      message: expect.stringContaining("code"),
    });
  });

  it("shows the error of an invalid email beside its field", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const answer = await browser.submit("magic-link", { interaction, email: "nonsense" });
    expect(screenOf(answer)).toBe("signin");
    expect((await formOf(interaction)).form).toMatchObject({
      fields: { email: expect.any(String) },
      email: "nonsense",
    });
  });

  it("responds alike for an unknown email, and creates no user", async () => {
    const known = new Browser(app);
    const first = await begin(known, client);
    await known.signUp(first);
    const other = new Browser(app, known.email);
    const [a, b] = [await asked(other), await asked()];
    const strip = (form: unknown) => ({ ...(form as object), email: "" });
    expect(strip((await formOf(a.interaction)).form)).toEqual(strip((await formOf(b.interaction)).form));
    expect(await db().user.count({ where: { appId: app.id, emailCanonical: b.browser.email } })).toBe(0);
  });

  it("does not accept its code from another browser", async () => {
    const { interaction, content } = await asked();
    const eve = new Browser(app);
    await begin(eve, client);
    const answer = await eve.submit("magic-link/code", { interaction, code: content.code ?? "" });
    expect(answer.status).toBe(400);
    expect(answer.headers.get("location")).toBeNull();
  });

  it("can be requested ten times in ten minutes from one IP address", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    for (let time = 0; time < 10; time++) await browser.submit("magic-link", { interaction, email: someEmail() });
    expect(screenOf(await browser.submit("magic-link", { interaction, email: someEmail() }))).toBe("signin");
    expect((await formOf(interaction)).form).toMatchObject({ message: expect.stringContaining("Try again in") });
  });

  it("removes the password of a user who never verified the email, and says so on its page and by email", async () => {
    const squatter = new Browser(app);
    await squatter.signUp(await begin(squatter, client));
    const owner = await asked(new Browser(app, squatter.email));
    const page = locationOf(await owner.browser.open(owner.path));
    expect((await owner.browser.open(page.href)).body).toContain("Remove the password and sign in</button>");
    expect(screenOf(await pressIn(owner.browser, owner.token))).toBe("consent");
    const { template, content } = await lastMail(squatter.email);
    expect(template).toBe("password_removed");
    expect(content.text.replace(/\s+/g, " ")).toContain("We removed that password");
    expect(content.links[0]).toBe(`${app.issuer}/forgot`);
    const again = await begin(squatter, client, { prompt: "login" });
    expect(screenOf(await squatter.signIn(again, SOME_PASSWORD))).toBe("signin");
    expect(locationOf(await squatter.signIn(again, SOME_PASSWORD)).searchParams.get("code")).toBeNull();
  });

  it("says nothing about a password that was set by the owner of the email, or if there is none", async () => {
    const known = new Browser(app);
    await known.signUp(await begin(known, client));
    await db().user.updateMany({ where: { appId: app.id, email: known.email }, data: { emailVerifiedAt: new Date() } });
    for (const email of [known.email, someEmail()]) {
      const { browser, path, token } = await asked(new Browser(app, email));
      expect((await browser.open(path)).body).not.toContain("password");
      expect(screenOf(await pressIn(browser, token))).toBe("consent");
      const where = { appId: app.id, toCanonical: email, template: "password_removed" };
      expect(await db().mail.count({ where })).toBe(0);
    }
  });
});

describe("an emailed code requested on the sign-in page", () => {
  async function askedFor(methods: object) {
    const own = await someApp();
    await updateApp(own.id, { settings: { methods } }, OPERATOR);
    const browser = new Browser(own);
    const interaction = await begin(browser, await someClient(own));
    expect(screenOf(await browser.submit("magic-link", { interaction, email: browser.email }))).toBe("magic-link");
    return { browser, interaction, ...(await lastMail(browser.email)) };
  }

  it("signs in in this browser, typed with a space", async () => {
    const { browser, interaction, content, template } = await askedFor({ magic_link: false, email_code: true });
    expect(template).toBe("sign_in_code");
    const code = (content.code ?? "").replace(/^.../, "$& ");
    expect(screenOf(await browser.submit("magic-link/code", { interaction, code }))).toBe("consent");
    expect((await browser.session()).amr).toEqual(["otp"]);
  });

  it("comes with a link if the app uses magic links too", async () => {
    const { template, content } = await askedFor({ magic_link: true, email_code: true });
    expect(template).toBe("magic_link");
    expect(content.code).toMatch(/^\d{6}$/);
  });

  it("shows the form again after a wrong code, and rejects another browser", async () => {
    const { browser, interaction, content } = await askedFor({ magic_link: false, email_code: true });
    const code = content.code ?? "";
    const wrong = code === "000000" ? "000001" : "000000";
    expect(screenOf(await browser.submit("magic-link/code", { interaction, code: wrong }))).toBe("magic-link");
    const other = new Browser(browser.app);
    expect((await other.submit("magic-link/code", { interaction, code })).status).toBeGreaterThanOrEqual(400);
    expect(screenOf(await browser.submit("magic-link/code", { interaction, code }))).toBe("consent");
  });
});

describe("the code of a never-verified account with a password", () => {
  beforeEach(() => forgetState("limit/sign-ins", "limit/sign-ups"));

  async function codeEntered(browser?: Browser) {
    const squatter = new Browser(app);
    await squatter.signUp(await begin(squatter, client));
    const { browser: owner, interaction, content } = await asked(browser ?? new Browser(app, squatter.email));
    const userId = await squatter.userId();
    const answer = await owner.submit("magic-link/code", { interaction, code: content.code ?? "" });
    expect(screenOf(answer)).toBe("magic-link");
    return { owner, interaction, userId, email: squatter.email };
  }

  function decide({ owner, interaction }: { owner: Browser; interaction: string }, form: Record<string, string>) {
    return owner.submit("magic-link/password", { interaction, ...form });
  }

  async function stateOf(userId: string) {
    const where = { appId_id: { appId: app.id, id: userId } };
    const { passwordHash, emailVerifiedAt } = await db().user.findUniqueOrThrow({ where });
    return { password: passwordHash !== null, verified: emailVerifiedAt !== null };
  }

  it("waits for the decision, and signs in once the password is entered or removed", async () => {
    const [kept, removed] = [await codeEntered(), await codeEntered()];
    expect(await stateOf(kept.userId)).toEqual({ password: true, verified: false });
    expect(screenOf(await decide(kept, { keep_password: "1", password: SOME_PASSWORD }))).toBe("consent");
    expect(await stateOf(kept.userId)).toEqual({ password: true, verified: true });
    expect((await lastMail(kept.email)).template).toBe("password_kept");
    expect(screenOf(await decide(removed, {}))).toBe("consent");
    expect(await stateOf(removed.userId)).toEqual({ password: false, verified: true });
    expect((await lastMail(removed.email)).template).toBe("password_removed");
  });

  it("shows a wrong password beside its field, and can still be used", async () => {
    const user = await codeEntered();
    expect(screenOf(await decide(user, { keep_password: "1", password: "wrong horse battery" }))).toBe("magic-link");
    const { form } = await formOf(user.interaction);
    expect(form).toMatchObject({ fields: { password: "is wrong" }, provedCode: { method: "magic_link" } });
    expect(screenOf(await decide(user, { keep_password: "1", password: SOME_PASSWORD }))).toBe("consent");
  });

  it("takes no decision of another browser, or before the code", async () => {
    const user = await codeEntered();
    const stranger = { ...user, owner: new Browser(app) };
    expect((await decide(stranger, {})).status).toBeGreaterThanOrEqual(400);
    const { browser, interaction } = await asked();
    expect((await decide({ owner: browser, interaction }, {})).status).toBe(400);
    expect(await stateOf(user.userId)).toEqual({ password: true, verified: false });
  });

  it("signs in once of 20 at once", async () => {
    const user = await codeEntered();
    const all = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        decide(user, index % 2 ? { keep_password: "1", password: SOME_PASSWORD } : { at: String(index) }),
      ),
    );
    const where = { appId: app.id, userId: user.userId, type: "user.taken_over" };
    expect(await db().auditEvent.count({ where })).toBe(1);
    expect(await db().session.count({ where: { appId: app.id, userId: user.userId, revokedAt: null } })).toBe(1);
    expect(all.some((answer) => screenOf(answer) === "consent")).toBe(true);
  });
});
