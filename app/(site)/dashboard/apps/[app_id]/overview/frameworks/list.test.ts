import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { AppSettings } from "@/lib/apps/settings";
import { valuesOf } from "./framework";
import { FRAMEWORKS } from "./list";

const settings = AppSettings.parse({ password_minimum_bytes: 40, allowed_email_domains: ["blog.example"] });
const app = { id: "app_0000000000", name: "Blog", issuer: "https://id.example:8443/o/app_0000000000", settings };
const values = valuesOf(app);

describe.each(FRAMEWORKS)("the quickstart for $label", (framework) => {
  const { prepare, signUp, logIn, verify } = framework;
  const all = [prepare, signUp, logIn, verify].map((snippet) => snippet(values));

  it("holds the App's values, and nothing that is missing", () => {
    const text = all.map(({ title, code }) => `${title}\n${code}`).join("\n");
    expect(signUp(values).code).toContain(`https://id.example:8443/api/auth/credentials/signup/${app.id}`);
    expect(logIn(values).code).toContain(`https://id.example:8443/api/auth/credentials/login/${app.id}`);
    expect(signUp(values).code).toContain("bob@blog.example");
    expect(text).toContain("foyer_sk_…");
    expect(text).not.toMatch(/undefined|\[object/);
  });

  it("suggests a password that the App takes", () => {
    const [, password = ""] = /"?password"?: ?"([^"]+)"/.exec(signUp(values).code) ?? [];
    expect(Buffer.byteLength(password)).toBeGreaterThanOrEqual(40);
  });
});

it.each(FRAMEWORKS.filter(({ id }) => ["node", "next"].includes(id)))(
  "$label: each file is a module",
  async (framework) => {
    for (const snippet of [framework.signUp, framework.logIn, framework.verify])
      await expect(transform(snippet(values).code, { loader: "ts", format: "esm" })).resolves.toBeDefined();
  },
);
