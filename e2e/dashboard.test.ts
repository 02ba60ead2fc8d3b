/** The dashboard in Chromium: a developer's first quarter of an hour, and two developers who must not see each other. */
import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, DEVELOPER_PASSWORD, openBrowser, signUpDeveloper } from "../test/support/dashboard";
import { type Server, startServer } from "../test/support/server";

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

function signUpBob(app: { id: string; apiKey: string }, email = "bob@example.com") {
  return fetch(`${server.url}/api/auth/credentials/signup/${app.id}`, {
    method: "POST",
    headers: { authorization: `Bearer ${app.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ email, password: "correct horse", name: "Bob" }),
  });
}

describe("the walk", () => {
  it("from sign-up to the first user in the list, the page turning green by itself", async () => {
    const { page, email, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Album");
    await page.getByRole("link", { name: "Go to the App" }).click();
    await page.getByText("Waiting for the first request").waitFor();
    expect(await page.locator("main").innerText()).toContain(`/api/auth/credentials/signup/${app.id}`);

    expect((await signUpBob(app)).status).toBe(201);
    await page.getByText("Your App works").waitFor({ timeout: 15_000 });
    await page.getByRole("link", { name: "See who came in" }).click();
    await page.getByText("bob@example.com").first().waitFor();

    await page.goto("/dashboard");
    await page.locator("summary").filter({ hasText: "Account menu" }).click();
    await page.getByRole("button", { name: /log out/i }).click();
    await page.waitForURL("**/login**");
    await page.goto(`/dashboard/apps/${app.id}/users`);
    await page.waitForURL("**/login?next=**");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL(`**/dashboard/apps/${app.id}/users`);
    expect(complaints).toEqual([]);
    await leave();
  });

  it("a key is made, shown once, used, and revoked", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Keys");
    await page.goto(`/dashboard/apps/${app.id}/keys`);
    await page.getByLabel("Name", { exact: true }).fill("Staging");
    await page.getByRole("button", { name: "Create key" }).click();
    await page.getByRole("button", { name: "I have copied it" }).waitFor();
    const apiKey = /foyer_sk_[0-9a-z]+_\w{49}/.exec(await page.locator("main").innerText())?.[0] ?? "";
    expect((await signUpBob({ id: app.id, apiKey })).status).toBe(201);
    await page.reload();
    expect(await page.locator("body").innerHTML()).not.toContain(apiKey);

    await page
      .getByRole("row", { name: /Staging/ })
      .getByRole("button", { name: /revoke/i })
      .click();
    await page
      .getByRole("dialog")
      .or(page.getByRole("alertdialog"))
      .getByRole("button", { name: /revoke/i })
      .click();
    await page.getByRole("heading", { name: "Revoked" }).waitFor();
    expect((await signUpBob({ id: app.id, apiKey }, "carol@example.com")).status).toBe(401);
    await leave();
  });
});

describe("without JavaScript", () => {
  it("signing up and logging in work, a mistake is shown beside its field, and what was typed is kept", async () => {
    const { page, email, leave } = await openBrowser(server, { javaScriptEnabled: false });
    await page.goto("/signup");
    await page.getByLabel("E-mail address").fill(email);
    await page.getByLabel("Password", { exact: true }).fill("password1");
    await page.getByRole("button", { name: "Sign up" }).click();
    await page
      .getByText(/most common passwords/)
      .first()
      .waitFor();
    expect(await page.getByLabel("E-mail address").inputValue()).toBe(email);
    expect(await page.getByLabel("Password", { exact: true }).inputValue()).toBe("");

    await page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
    await page.getByRole("button", { name: "Sign up" }).click();
    await page.waitForURL("**/dashboard");

    const again = await openBrowser(server, { javaScriptEnabled: false });
    await again.page.goto("/login");
    await again.page.getByLabel("E-mail address").fill(email);
    await again.page.getByLabel("Password", { exact: true }).fill("not the password");
    await again.page.getByRole("button", { name: "Log in" }).click();
    await again.page.getByText("E-mail address or password is wrong.").waitFor();
    expect(await again.page.getByLabel("E-mail address").inputValue()).toBe(email);
    await again.page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
    await again.page.getByRole("button", { name: "Log in" }).click();
    await again.page.waitForURL("**/dashboard");
    await Promise.all([leave(), again.leave()]);
  });
});

describe("by keyboard alone", () => {
  it("a developer signs up and creates an App", async () => {
    const { page, email, leave } = await openBrowser(server);
    await page.goto("/signup");
    const reach = async (label: string | RegExp) => {
      for (let i = 0; i < 30; i++) {
        const name = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement | null;
          return element?.labels?.[0]?.textContent ?? element?.textContent ?? "";
        });
        if (typeof label === "string" ? name.trim().startsWith(label) : label.test(name)) return;
        await page.keyboard.press("Tab");
      }
      throw new Error(`Tab never reaches ${label}`);
    };
    await reach("E-mail address");
    await page.keyboard.type(email);
    await reach("Password");
    await page.keyboard.type(DEVELOPER_PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL("**/dashboard");
    await page.goto("/dashboard/new");
    await reach("Name");
    await page.keyboard.type("By hand");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Your App is ready" }).waitFor();
    await leave();
  });
});

describe("two developers", () => {
  it("see nothing of each other's Apps by any path", async () => {
    const [alice, mallory] = [await signUpDeveloper(server), await signUpDeveloper(server)];
    const app = await createAppInBrowser(alice.page, "Alice's secret garden");
    await signUpBob(app);
    await alice.page.goto(`/dashboard/apps/${app.id}/users`);
    const href = await alice.page.getByRole("link", { name: /bob/i }).first().getAttribute("href");
    for (const path of [
      "",
      "/users",
      "/users/new",
      "/users/import",
      "/users/export",
      "/users/invitations",
      "/keys",
      "/methods",
      "/mails",
      "/scopes",
      "/signing-keys",
      "/team",
      "/clients",
      "/clients/new",
      "/clients/new?type=spa",
      "/playground",
      "/branding",
      "/settings",
      (href ?? "").replace(`/dashboard/apps/${app.id}`, ""),
    ]) {
      const answer = await mallory.page.goto(`/dashboard/apps/${app.id}${path}`);
      expect(answer?.status(), path).toBe(404);
      const text = await mallory.page.locator("body").innerText();
      expect(text, path).not.toMatch(/secret garden|bob@example/);
    }
    await mallory.page.goto("/dashboard");
    expect(await mallory.page.locator("body").innerText()).not.toContain("secret garden");
    await Promise.all([alice.leave(), mallory.leave()]);
  });

  it("change nothing by an action with the other's App in it", async () => {
    const [alice, mallory] = [await signUpDeveloper(server), await signUpDeveloper(server)];
    const app = await createAppInBrowser(alice.page, "Mine");
    const own = await createAppInBrowser(mallory.page, "Hers");
    await mallory.page.goto(`/dashboard/apps/${own.id}/keys`);
    await mallory.page.locator('input[name="app_id"]').first().waitFor({ state: "attached" });
    await mallory.page.evaluate((id) => {
      for (const input of document.querySelectorAll<HTMLInputElement>('input[name="app_id"]')) input.value = id;
    }, app.id);
    await mallory.page.getByLabel("Name", { exact: true }).fill("Backdoor");
    await mallory.page.getByRole("button", { name: "Create key" }).click();
    await mallory.page
      .getByText(/not found/i)
      .first()
      .waitFor();
    await alice.page.goto(`/dashboard/apps/${app.id}/keys`);
    expect(await alice.page.locator("main").innerText()).not.toContain("Backdoor");
    await Promise.all([alice.leave(), mallory.leave()]);
  });
});

describe("an action of a page from before an update", () => {
  it("gives a message and no crash", async () => {
    const { page, leave } = await signUpDeveloper(server);
    await page.goto("/dashboard/new");
    await page.route("**/dashboard/new", (route, request) => {
      const headers = request.headers();
      if (!headers["next-action"]) return route.continue();
      return route.continue({ headers: { ...headers, "next-action": "00".repeat(21) } });
    });
    await page.getByLabel("Name", { exact: true }).fill("Kept");
    await page.getByRole("button", { name: "Create the App" }).click();
    await page
      .getByText(/reload/i)
      .first()
      .waitFor();
    await leave();
  });
});

describe.each(["light", "dark"] as const)("axe, %s", (colorScheme) => {
  it("finds no violation on any page", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server, { colorScheme });
    const empty = await createAppInBrowser(page, "<b>Empty</b> \u202Eesrever");
    const app = await createAppInBrowser(page, "A rather long name ".repeat(10).trim());
    await signUpBob(app);
    await page.goto(`/dashboard/apps/${app.id}/users`);
    const user = await page.getByRole("link", { name: /bob/i }).first().getAttribute("href");
    const rooms = [
      "",
      "/users",
      "/users/new",
      "/users/import",
      "/users/export",
      "/users/invitations",
      "/methods",
      "/connections",
      "/mails",
      "/clients",
      "/clients/new",
      "/clients/new?type=spa",
      "/playground",
      "/branding",
      "/keys",
      "/settings",
    ];
    const paths = [
      "/dashboard",
      "/dashboard/new",
      "/dashboard/account",
      "/dashboard/nowhere",
      user ?? "",
      ...rooms.map((room) => `/dashboard/apps/${app.id}${room}`),
      ...rooms.map((room) => `/dashboard/apps/${empty.id}${room}`),
    ];
    const found: string[] = [];
    for (const path of paths) {
      await page.goto(path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      found.push(...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`));
    }
    await leave();
    const visitor = await openBrowser(server, { colorScheme });
    for (const path of ["/signup", "/login", "/forgot-password"]) {
      await visitor.page.goto(path);
      const { violations } = await new AxeBuilder({ page: visitor.page }).analyze();
      found.push(...violations.map(({ id, nodes }) => `${path} ${id}: ${nodes[0]?.html}`));
    }
    await visitor.leave();
    expect(found).toEqual([]);
    expect(complaints.filter((text) => !/404/.test(text))).toEqual([]);
  }, 300_000);
});
