import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { App } from "../../apps/apps";
import { AppSettings } from "../../apps/settings";
import { contrast } from "../../brand";
import { TENANT_ZERO } from "../../ids";
import { htmlResponse } from "./page";
import { TOKENS } from "./style";
import { html } from "./template";

function appWith(branding: { color?: string; logo_url?: string } = {}, name = "Photo Blog", id = "app_x"): App {
  return { id, name, issuer: `https://auth.example.com/o/${id}`, settings: AppSettings.parse({ branding }) };
}

async function show(app: App | null, title = "Signed out") {
  const answer = htmlResponse({ app, title, body: html`<p>Goodbye</p>` });
  return { text: await answer.text(), policy: answer.headers.get("content-security-policy") ?? "" };
}

describe("a page of an app", () => {
  it("says in its title what and where, and has the App's name and letter above the sheet", async () => {
    const { text } = await show(appWith());
    expect(text).toContain("<title>Signed out · Photo Blog</title>");
    expect(text).toContain('<p><bdi dir="auto">Photo Blog</bdi></p>');
    expect(text).toContain(">P</span>");
    expect(text).toContain("<h1>Signed out</h1><p>Goodbye</p>");
  });

  it.each([
    ["of no App that is known", null],
    ["of the developers", appWith({}, "Foyer", TENANT_ZERO)],
  ])("%s is Foyer's", async (_which, app) => {
    const { text } = await show(app);
    expect(text).toContain("<title>Signed out · Foyer</title>");
    expect(text).not.toContain('class="app"');
  });

  it("takes neither a name nor a title for HTML, and lets no name turn the text round", async () => {
    const name = `\u202e</title><script>alert("1")</script>'`;
    const { text } = await show(appWith({}, name), `<b>"`);
    expect(text).not.toMatch(/<script|<b>"/);
    expect(text).toContain("<h1>&lt;b&gt;&quot;</h1>");
    expect(text).toContain(
      `<bdi dir="auto">&lt;/title&gt;&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;</bdi>`,
    );
  });

  it("has the logo as an image and as nothing else, by https, and the browser is told so", async () => {
    const { text, policy } = await show(appWith({ logo_url: `https://cdn.example/a.svg?x="><script>` }));
    expect(text).toContain(`<img src="https://cdn.example/a.svg?x=&quot;&gt;&lt;script&gt;" alt=""`);
    expect(text).not.toContain("<script");
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src https:;");
  });

  it.each(["http://cdn.example/a.svg", "javascript:alert(1)", "data:image/svg+xml,<svg/>"])(
    "has its letter in place of a logo from %s, whatever was stored",
    async (logo) => {
      const app = appWith();
      app.settings.branding.logo_url = logo;
      expect((await show(app)).text).not.toContain("<img");
    },
  );
});

describe("the color of a page", () => {
  it.each(["#ffffcc", "#050505", "#c2410c"])(
    "%s gives buttons an edge and links an outline that can be seen",
    async (color) => {
      const { text } = await show(appWith({ color }));
      const value = (name: string) => new RegExp(`${name}:([^;}]+)`).exec(text)?.[1] ?? "";
      expect(value("--brand")).toBe(color);
      const [light = "", dark = ""] = value("--color-focus").match(/#\w{6}/g) ?? [];
      expect(contrast(light, "#f0ede8")).toBeGreaterThan(3);
      expect(contrast(dark, "#24211e")).toBeGreaterThan(3);
      const [, onLight, onDark] = /^light-dark\((.+), (.+)\)$/.exec(value("--brand-edge")) ?? [];
      expect(onLight === "transparent").toBe(contrast(color, "#f0ede8") >= 3);
      expect(onDark === "transparent").toBe(contrast(color, "#24211e") >= 3);
    },
  );

  it("is Foyer's where there is none, as globals.css has it", async () => {
    const css = await readFile(join(import.meta.dirname, "../../../app/globals.css"), "utf8");
    for (const [name, value] of Object.entries(TOKENS)) expect(css).toContain(`${name}: ${value};`);
    expect((await show(appWith())).text).toContain("--brand:var(--color-accent)");
  });
});
