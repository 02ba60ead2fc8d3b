import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { AppSettings } from "@/lib/apps/settings";
import { valuesOf } from "./framework";
import { FRAMEWORKS } from "./list";

const settings = AppSettings.parse({ password_minimum_bytes: 40, allowed_email_domains: ["blog.example"] });
const app = { id: "app_0000000000", name: "Blog", issuer: "https://id.example:8443/o/app_0000000000", settings };
const values = valuesOf(app);

describe.each(FRAMEWORKS)("the quickstart for $label", (framework) => {
  const { prepare, signUp, signIn, secondFactor, verify, refresh } = framework;
  const all = [prepare, signUp, signIn, secondFactor, verify, refresh].map((snippet) => snippet(values));

  it("contains the app's values and no missing ones", () => {
    const text = all.map(({ title, code }) => `${title}\n${code}`).join("\n");
    expect(signUp(values).code).toContain(`https://id.example:8443/api/auth/credentials/signup/${app.id}`);
    expect(signIn(values).code).toContain(`https://id.example:8443/api/auth/credentials/login/${app.id}`);
    expect(signUp(values).code).toContain("bob@blog.example");
    expect(text).toContain("foyer_sk_…");
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it("refreshes the session with the newest refresh token", () => {
    expect(refresh(values).code).toContain(`https://id.example:8443/api/auth/refresh/${app.id}`);
    expect(refresh(values).code).toContain("refresh_token");
  });

  it("sends the code of the second factor with the token of the sign-in", () => {
    expect(secondFactor(values).code).toContain(`https://id.example:8443/api/auth/mfa/verify/${app.id}`);
    expect(secondFactor(values).code).toContain("mfa_token");
  });

  it("contains a password that satisfies the app's settings", () => {
    const [, password = ""] = /"?password"?: ?"([^"]+)"/.exec(signUp(values).code) ?? [];
    expect(Buffer.byteLength(password)).toBeGreaterThanOrEqual(40);
  });
});

it.each(FRAMEWORKS.filter(({ id }) => ["node", "next"].includes(id)))(
  "the quickstart for $label consists of valid modules",
  async (framework) => {
    for (const snippet of [
      framework.signUp,
      framework.signIn,
      framework.secondFactor,
      framework.verify,
      framework.refresh,
    ])
      await expect(transform(snippet(values).code, { loader: "ts", format: "esm" })).resolves.toBeDefined();
  },
);
