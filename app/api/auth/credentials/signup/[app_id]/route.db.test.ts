import { createLocalJWKSet, jwtVerify } from "jose";
import { describe, expect, it } from "vitest";
import { GET as jwks } from "@/app/o/[app]/jwks/route";
import { db } from "@/lib/database/client";
import { call } from "@/test/support/call";
import { SOME_PASSWORD, someApp, someEmail } from "@/test/support/factories";
import { POST } from "./route";

describe("201", () => {
  it("creates a user and a session whose JWT verifies with the app's JWKS (RFC 9068 §4)", async () => {
    const app = await someApp();
    const email = someEmail();
    const answer = await call(POST, {
      params: { app_id: app.id },
      bearer: app.apiKey,
      body: { email, password: SOME_PASSWORD, name: "Bob" },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(answer.body).toEqual({
      token: expect.any(String),
      token_type: "Bearer",
      expires_in: 900,
      refresh_token: expect.any(String),
      user: {
        id: expect.stringMatching(/^usr_/),
        email,
        email_verified: false,
        name: "Bob",
        created_at: expect.any(String),
      },
    });

    const keys = createLocalJWKSet((await call(jwks, { params: { app: app.id } })).body);
    const { payload } = await jwtVerify(answer.body.token, keys, {
      issuer: app.issuer,
      audience: app.id,
      typ: "at+jwt",
    });
    expect(payload).toEqual({
      iss: app.issuer,
      aud: app.id,
      client_id: app.id,
      sub: answer.body.user.id,
      sid: expect.stringMatching(/^ses_/),
      auth_time: expect.any(Number),
      acr: "1",
      amr: ["pwd"],
      jti: expect.any(String),
      iat: expect.any(Number),
      exp: (payload.iat ?? 0) + 900,
    });
    const session = await db().session.findUnique({
      where: { appId_id: { appId: app.id, id: payload.sid as string } },
    });
    expect(session).toMatchObject({ userId: answer.body.user.id, kind: "api", amr: ["pwd"] });
  });
});

describe("409", () => {
  it("accepts an email once, regardless of its case, even if 20 requests come at once", async () => {
    const app = await someApp();
    const email = someEmail();
    const bodies = Array.from({ length: 20 }, (_, i) => ({
      email: i % 2 ? email.toUpperCase() : email,
      password: SOME_PASSWORD,
    }));
    const answers = await Promise.all(
      bodies.map((body) => call(POST, { params: { app_id: app.id }, bearer: app.apiKey, body })),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([201, ...Array(19).fill(409)]);
    expect(await db().user.count({ where: { appId: app.id } })).toBe(1);
    expect(await db().session.count({ where: { appId: app.id } })).toBe(1);
  });
});
