import { transform } from "esbuild";
import { describe, expect, it } from "vitest";
import { withDefaults } from "@/lib/oauth/clients/inputs";
import { CLIENT_TYPES, typeOfClient } from "../types";
import { snippetsOf } from "./list";

const ISSUER = "https://id.example/o/app_x";

function snippets(type: (typeof CLIENT_TYPES)[number], more: object = {}) {
  const redirect_uris = type.redirect ? [type.redirect.example] : [];
  const input = withDefaults({ client_name: "x", redirect_uris, scopes: type.scopes, ...type.input, ...more });
  return { client: input, tabs: snippetsOf(ISSUER, { id: "cli_x_1", ...input }) };
}

describe.each(CLIENT_TYPES)("a client of type $id", (type) => {
  it("is detected from its settings", () => {
    expect(typeOfClient(snippets(type).client)).toBe(type);
  });

  it("contains the client ID and the issuer, and a secret only for confidential clients", () => {
    for (const { label, code } of snippets(type).tabs) {
      expect(code, label).toContain("cli_x_1");
      expect(code, label).toContain(ISSUER);
      expect(code, label).not.toMatch(/undefined"|null"|\[object/);
      if (type.input.public) expect(code, label).not.toContain("CLIENT_SECRET");
      else expect(code, label).toMatch(/CLIENT_SECRET/);
    }
  });

  it("contains valid JavaScript", async () => {
    for (const more of [
      {},
      { scopes: ["a'b`c$d"] },
      { token_endpoint_auth_method: type.input.public ? "none" : "client_secret_basic" },
    ])
      for (const { code } of snippets(type, more).tabs.filter(({ code }) => /import .* from "|await fetch/.test(code)))
        await transform(code, { format: "esm", loader: "js" });
  });
});

it("quotes scopes for the shell", () => {
  const machine = CLIENT_TYPES.find(({ id }) => id === "machine") as (typeof CLIENT_TYPES)[number];
  const [curl] = snippets(machine, { scopes: ["a:read", "b$(c)'d"] }).tabs;
  expect(curl?.code).toContain(`--data-urlencode scope='a:read b$(c)'\\''d'`);
});

it("the Next.js snippet is a route handler of the app router, and keeps the refresh token", () => {
  const web = CLIENT_TYPES.find(({ id }) => id === "web") as (typeof CLIENT_TYPES)[number];
  const code = snippets(web).tabs.find(({ label }) => label === "Next.js")?.code ?? "";
  expect(code).toContain("// app/api/auth/[...nextauth]/route.ts");
  expect(code).toContain("export { handler as GET, handler as POST };");
  expect(code).toContain("refresh_token: account.refresh_token");
  expect(code).not.toContain("pages/api");
});
