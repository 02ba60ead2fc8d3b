import { afterEach, expect, it } from "vitest";
import { createOwnDatabase } from "@/test/support/database";
import { TEST_SECRET } from "@/test/support/environment";
import { someApp } from "@/test/support/factories";
import { codeOf } from "@/test/support/factors";
import { setMasterKeys } from "@/test/support/master-keys";
import { OPERATOR } from "@/test/support/oauth";
import { getApp } from "../apps/apps";
import { getSigningKey } from "../apps/signing-keys";
import { invalidate } from "../database/cache";
import { db } from "../database/client";
import { newTotpSecret } from "../factors/totp/code";
import { sealTotpSecret, stepOfCode } from "../factors/totp/factor";
import { runOnce } from "../http/idempotency";
import { newId } from "../ids";
import { emailRow } from "../mail/email-row";
import { getEmail } from "../mail/mailbox";
import { createConnection, getConnection, openClientSecret } from "../social/connections";
import { resealAll } from "./reseal";

await createOwnDatabase();

const NEW = "2:another-secret-of-the-tests-that-guards-nothing-either";

const TOTP_SECRET = newTotpSecret();

afterEach(() => setMasterKeys(TEST_SECRET));

/** An app with one of each kind of sealed value. */
async function someSealed() {
  const app = await someApp();
  const connection = { provider: "github", client_id: "id", client_secret: "the-secret", redirect_uris: [] } as const;
  await createConnection(await getApp(app.id), { ...connection, redirect_uris: ["https://blog.example/in"] }, OPERATOR);
  const to = { email: "bob@example.com", canonical: "bob@example.com" };
  const data = { link: "https://example.com/reset", minutes: 30 };
  const mail = emailRow(await getApp(app.id), { template: "reset_password", to, data });
  await db().mail.create({ data: mail, select: { id: true } });
  const call = { appId: app.id, key: "POST /users k1", body: "{}" };
  await runOnce(call, async () => ({ status: 201, body: { id: "usr_1" } }));
  const [userId, factorId] = [newId("usr"), newId("fac")];
  await db().user.create({ data: { appId: app.id, id: userId } });
  const secret = sealTotpSecret(app.id, factorId, TOTP_SECRET);
  await db().factor.create({ data: { appId: app.id, id: factorId, userId, type: "totp", secret } });
  return { app, mailId: mail.id as string, call, factorId };
}

it("re-encrypts everything with the newest master key, so that the old one can be removed", async () => {
  const { app, mailId, call, factorId } = await someSealed();
  setMasterKeys(`${NEW},${TEST_SECRET}`);
  const { resealed, unreadable } = await resealAll();
  expect(unreadable).toBe(0);
  // Two signing keys of the app and two of tenant zero, a client secret, an email, a response, an authenticator app.
  expect(resealed).toBeGreaterThanOrEqual(8);
  expect(await resealAll()).toEqual({ resealed: 0, unreadable: 0 });

  setMasterKeys(NEW);
  invalidate(app.id);
  expect((await getSigningKey(app.id, "ES256")).privateKey.type).toBe("private");
  expect((await getSigningKey(app.id, "RS256")).privateKey.type).toBe("private");
  expect(openClientSecret(await getConnection(app.id, "github"))).toBe("the-secret");
  const factor = await db().factor.findFirstOrThrow({ where: { id: factorId } });
  expect(stepOfCode(app.id, { ...factor, secret: factor.secret ?? "" }, codeOf(TOTP_SECRET))).toBeGreaterThan(0);
  expect((await getEmail(app.id, mailId)).content?.text).toContain("https://example.com/reset");
  expect(await runOnce(call, () => Promise.reject(new Error("ran twice")))).toEqual({
    status: 201,
    body: { id: "usr_1" },
  });
});

it("counts values of a missing secret and leaves them unchanged, so that they are readable when it is restored", async () => {
  await someSealed();
  setMasterKeys(NEW);
  const lost = await resealAll();
  expect(lost.resealed).toBe(0);
  expect(lost.unreadable).toBe(6);
  setMasterKeys(`${NEW},${TEST_SECRET}`);
  expect(await resealAll()).toEqual({ resealed: lost.unreadable, unreadable: 0 });
});
