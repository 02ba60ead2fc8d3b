/** The links of every email: short enough that no email program breaks them. */
import { expect, it } from "vitest";
import { TEMPLATES } from "@/emails/list";
import { askAs } from "@/test/support/account";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_PUBLIC_URL } from "@/test/support/environment";
import { emailAddress, SOME_PASSWORD, someApp, someEmail, someSession } from "@/test/support/factories";
import { lastMail } from "@/test/support/mailbox";
import { Browser, begin, OPERATOR, someClient } from "@/test/support/oauth";
import { getApp } from "../apps/apps";
import { inviteMember } from "../apps/invitations";
import { db, transaction } from "../database/client";
import { addFactor } from "../factors/factor";
import { readEmail } from "./email-row";

await createOwnDatabase();

/** Of `https://accounts.a-long-company-name.example`. */
const LONG_PUBLIC_URL = 45;
const MAXIMUM = 250;

/** Templates with a code alone. */
const WITHOUT_LINK = ["sign_in_code", "second_factor_code"];

it("are shorter than 250 characters, whatever the template", async () => {
  const app = await someApp();
  const client = await someClient(app);
  const bob = await someSession(app.id);
  const post = (path: string, body: object, bearer?: string) =>
    askAs(app, `/api/auth/${path}/${app.id}`, body, bearer ? { bearer } : {});

  // verify_email was sent by the sign-up.
  await post("email/change", { email: someEmail("moved"), password: SOME_PASSWORD }, bob.token);
  await post("email/change", { email: (await someSession(app.id)).email, password: SOME_PASSWORD }, bob.token);
  await post("magic-link", { email: bob.email });
  await askAs(app, `/api/v1/apps/${app.id}/invitations`, { email: someEmail("invited") });
  const invitation = { email: emailAddress(someEmail()), role: "admin", inviter: "Alice" } as const;
  await inviteMember(await getApp(app.id), invitation, OPERATOR);
  // A claimed account, then a sign-in from another network.
  const carol = new Browser(app);
  await carol.signUp(await begin(carol, client));
  await carol.submit("magic-link", {
    interaction: await begin(carol, client, { prompt: "login" }),
    email: carol.email,
  });
  await carol.submit("magic-link/link", { token: (await lastMail(carol.email)).token });
  // Another one, whose password is kept.
  const dave = new Browser(app);
  await dave.signUp(await begin(dave, client));
  await post("magic-link", { email: dave.email });
  const kept = { token: (await lastMail(dave.email)).token, keep_password: "1", password: SOME_PASSWORD };
  await dave.submit("magic-link/link", kept);
  await post("password/forgot", { email: carol.email });
  await post("password/reset", { token: (await lastMail(carol.email)).token, password: "a new horse battery" });
  const phone = new Browser(app, carol.email);
  await phone.signIn(await begin(phone, client), "a new horse battery");

  const change = { userId: bob.userId, by: OPERATOR };
  await transaction(async (tx) => addFactor(tx, await getApp(app.id), change, { type: "totp" }));

  const rows = await db().mail.findMany();
  expect([...new Set(rows.map(({ template }) => template))].sort()).toEqual(
    Object.keys(TEMPLATES)
      .filter((template) => !WITHOUT_LINK.includes(template))
      .sort(),
  );
  for (const row of rows) {
    const links = (await readEmail(row))?.links ?? [];
    expect(links.length, row.template).toBeGreaterThan(0);
    for (const link of links)
      expect(link.length - TEST_PUBLIC_URL.length + LONG_PUBLIC_URL, row.template).toBeLessThan(MAXIMUM);
  }
});
