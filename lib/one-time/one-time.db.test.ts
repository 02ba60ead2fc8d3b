import { SignJWT } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { TEST_SECRET } from "@/test/support/environment";
import { someApp, type TestApp } from "@/test/support/factories";
import { setMasterKeys } from "@/test/support/master-keys";
import { freezeClock, now } from "../clock";
import { deriveKey } from "../crypto/master-key";
import { db, transaction } from "../database/client";
import { CODE_ATTEMPTS, consumeTriedCode, tryCode } from "./code";
import { createLinkToken, readLinkToken } from "./link-token";
import { consumeOneTime, deleteOneTimes, issueOneTime, peekOneTime } from "./one-time";

let app: TestApp;
let otherApp: TestApp;
beforeAll(async () => {
  [app, otherApp] = await Promise.all([someApp(), someApp("Other app")]);
});

const EMAIL = "bob@example.com";

function issue(options: { ttlSeconds?: number; email?: string } = {}) {
  const { ttlSeconds = 900, email = EMAIL } = options;
  return issueOneTime(app.id, { purpose: "magic_link", payload: { state: "s" }, ttlSeconds, email, withCode: true });
}

function consume(secret: string, appId = app.id) {
  return transaction((tx) => consumeOneTime(tx, appId, "magic_link", secret));
}

describe("a one-time token", () => {
  it("returns its payload once, and is reused afterwards", async () => {
    const { secret } = await issue();
    expect(await peekOneTime(app.id, "magic_link", secret)).toMatchObject({ status: "ok" });
    expect(await consume(secret)).toMatchObject({ status: "ok", token: { payload: { state: "s" }, email: EMAIL } });
    expect(await consume(secret)).toEqual({ status: "reused" });
    expect(await peekOneTime(app.id, "magic_link", secret)).toEqual({ status: "reused" });
  });

  it("is consumed by one of twenty requests at once", async () => {
    const { secret } = await issue();
    const all = await Promise.all(Array.from({ length: 20 }, () => consume(secret)));
    expect(all.filter(({ status }) => status === "ok")).toHaveLength(1);
    expect(all.filter(({ status }) => status === "reused")).toHaveLength(19);
  });

  it("stays unused if the transaction fails", async () => {
    const { secret } = await issue();
    const failing = transaction(async (tx) => {
      await consumeOneTime(tx, app.id, "magic_link", secret);
      throw new Error("rejected");
    });
    await expect(failing).rejects.toThrow("rejected");
    expect(await consume(secret)).toMatchObject({ status: "ok" });
  });

  it("is unknown to another app and for another purpose, and stays valid", async () => {
    const { secret } = await issue();
    expect(await consume(secret, otherApp.id)).toEqual({ status: "unknown" });
    const other = transaction((tx) => consumeOneTime(tx, app.id, "reset_password", secret));
    expect(await other).toEqual({ status: "unknown" });
    expect(await consume(secret)).toMatchObject({ status: "ok" });
  });

  it("expires, and reports reused before expired", async () => {
    const [late, used] = [await issue({ ttlSeconds: 60 }), await issue({ ttlSeconds: 60 })];
    await consume(used.secret);
    freezeClock(new Date(now().getTime() + 61_000));
    expect(await consume(late.secret)).toEqual({ status: "expired" });
    expect(await consume(used.secret)).toEqual({ status: "reused" });
  });

  it("is stored as a hash", async () => {
    const { secret, code } = await issue();
    const rows = JSON.stringify(await db().oneTimeToken.findMany({ where: { appId: app.id } }));
    expect(rows).not.toContain(secret);
    expect(rows).not.toContain(`"${code}"`);
  });

  it("is deleted with the other unused tokens of its email address, but not in another app", async () => {
    const email = "deleted@example.com";
    const mine = await issue({ email });
    const theirs = await issueOneTime(otherApp.id, { purpose: "magic_link", payload: {}, ttlSeconds: 900, email });
    await transaction((tx) => deleteOneTimes(tx, app.id, { email, purposes: ["magic_link"] }));
    expect(await consume(mine.secret)).toEqual({ status: "unknown" });
    expect(await consume(theirs.secret, otherApp.id)).toMatchObject({ status: "ok" });
  });
});

describe("the 6-digit code of an email", () => {
  it("consumes its token once", async () => {
    const email = "carol@example.com";
    const { code, secret } = await issue({ email });
    expect(code).toMatch(/^\d{6}$/);
    const id = (await tryCode(app.id, "magic_link", email, code ?? "")) ?? "";
    const use = () => transaction((tx) => consumeTriedCode(tx, app.id, "magic_link", id));
    expect(await use()).toMatchObject({ email });
    expect(await use()).toBeNull();
    expect(await consume(secret)).toEqual({ status: "reused" });
  });

  it("is invalid after five wrong attempts, also of twenty at once, while the link stays valid", async () => {
    const email = "dave@example.com";
    const { code, secret } = await issue({ email });
    const wrong = code === "000000" ? "111111" : "000000";
    await Promise.all(Array.from({ length: 20 }, () => tryCode(app.id, "magic_link", email, wrong)));
    const [row] = await db().oneTimeToken.findMany({ where: { appId: app.id, email } });
    expect(row?.attempts).toBe(CODE_ATTEMPTS);
    expect(await tryCode(app.id, "magic_link", email, code ?? "")).toBeNull();
    expect(await consume(secret)).toMatchObject({ status: "ok" });
  });

  it("stays valid when a new master key is added", async () => {
    const email = "grace@example.com";
    const { code } = await issue({ email });
    setMasterKeys(`2:another-secret-of-the-tests-that-guards-nothing,${TEST_SECRET}`);
    expect(await tryCode(app.id, "magic_link", email, code ?? "")).toMatch(/^ott_/);
    setMasterKeys(TEST_SECRET);
  });

  it("is unknown to another app and for another email address", async () => {
    const { code } = await issue({ email: "erin@example.com" });
    expect(await tryCode(otherApp.id, "magic_link", "erin@example.com", code ?? "")).toBeNull();
    expect(await tryCode(app.id, "magic_link", "frank@example.com", code ?? "")).toBeNull();
  });
});

describe("the token of a magic link (RFC 8725 §3.11, §3.12)", () => {
  const issued = { secret: "s".repeat(22), expiresAt: new Date(Date.now() + 60_000) };

  it("is a short JWT that says when it expires", async () => {
    const token = await createLinkToken(app, "magic_link", issued);
    const [head, body] = token.split(".").map((part) => Buffer.from(part, "base64url").toString());
    expect(JSON.parse(head ?? "")).toEqual({ alg: "HS256", typ: "magic-link+jwt" });
    expect(JSON.parse(body ?? "")).toEqual({
      jti: issued.secret,
      exp: Math.floor(issued.expiresAt.getTime() / 1000),
    });
  });

  it("is accepted only by its app and for its purpose, expired or not", async () => {
    const token = await createLinkToken(app, "magic_link", issued);
    expect(await readLinkToken(app, "magic_link", token)).toBe(issued.secret);
    expect(await readLinkToken(app, "reset_password", token)).toBeNull();
    expect(await readLinkToken(otherApp, "magic_link", token)).toBeNull();
    expect(await readLinkToken({ ...otherApp, issuer: app.issuer }, "magic_link", token)).toBeNull();
    const old = await createLinkToken(app, "magic_link", { ...issued, expiresAt: new Date(1000) });
    expect(await readLinkToken(app, "magic_link", old)).toBe(issued.secret);
  });

  it("is accepted after a new master key was added", async () => {
    const token = await createLinkToken(app, "magic_link", issued);
    setMasterKeys(`2:another-secret-of-the-tests-that-guards-nothing,${TEST_SECRET}`);
    expect(await readLinkToken(app, "magic_link", token)).toBe(issued.secret);
    setMasterKeys(TEST_SECRET);
  });

  it("is rejected if it is truncated, changed, unsigned or too long", async () => {
    const token = await createLinkToken(app, "magic_link", issued);
    const [head = "", body = "", signature = ""] = token.split(".");
    const none = Buffer.from(JSON.stringify({ alg: "none", typ: "magic-link+jwt" })).toString("base64url");
    const bad = [
      token.slice(0, -2),
      `${head}.${body}x.${signature}`,
      `${none}.${body}.`,
      issued.secret,
      "",
      "a.b.c",
      "x".repeat(5000),
    ];
    for (const one of bad) expect(await readLinkToken(app, "magic_link", one)).toBeNull();
  });
});

describe("the token of another emailed link", () => {
  const issued = { secret: "s".repeat(43), expiresAt: new Date(Date.now() + 60_000) };

  it("is the secret itself, which nothing else is accepted for", async () => {
    expect(await createLinkToken(app, "reset_password", issued)).toBe(issued.secret);
    expect(await readLinkToken(app, "reset_password", issued.secret)).toBe(issued.secret);
    for (const bad of ["", "x", `${issued.secret}x`, issued.secret.slice(1), `${issued.secret}<script>`])
      expect(await readLinkToken(app, "reset_password", bad)).toBeNull();
  });

  it.each([".", ">", ").", "]"])("is read where a program took %s for a part of the link", async (end) => {
    expect(await readLinkToken(app, "reset_password", issued.secret + end)).toBe(issued.secret);
    const token = await createLinkToken(app, "magic_link", issued);
    expect(await readLinkToken(app, "magic_link", token + end)).toBe(issued.secret);
  });

  it("of version 0.1 is accepted, by its app and for its purpose only", async () => {
    const token = await new SignJWT({ jti: issued.secret })
      .setProtectedHeader({ alg: "HS256", typ: "reset-password+jwt", kid: "1" })
      .setIssuer(app.issuer)
      .setAudience(`${app.issuer}#mail`)
      .setExpirationTime(issued.expiresAt)
      .sign(deriveKey("mail-links", app.id));
    expect(await readLinkToken(app, "reset_password", token)).toBe(issued.secret);
    expect(await readLinkToken(app, "verify_email", token)).toBeNull();
    expect(await readLinkToken(app, "magic_link", token)).toBeNull();
    expect(await readLinkToken(otherApp, "reset_password", token)).toBeNull();
  });
});
