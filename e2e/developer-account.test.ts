/** A developer closes their own account: what stands in the way, the password once more, and what is left. */
import { AxeBuilder } from "@axe-core/playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, DEVELOPER_PASSWORD, openBrowser, signUpDeveloper } from "../test/support/dashboard";
import { type Server, startServer } from "../test/support/server";
import { foyer } from "../test/support/tenant";

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

async function logIn(page: Awaited<ReturnType<typeof openBrowser>>["page"], email: string): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
  await page.getByRole("button", { name: "Log in" }).click();
}

describe.each([
  ["with", true],
  ["without", false],
])("closing the account, %s JavaScript", (_how, javaScriptEnabled) => {
  it("waits for Apps that nobody else owns, asks for the password, and ends every session", async () => {
    const [alice, bob] = [await signUpDeveloper(server), await signUpDeveloper(server)];
    const app = await createAppInBrowser(alice.page, "Photo Blog");
    const second = await openBrowser(server, { javaScriptEnabled });
    const { page } = second;
    await logIn(page, alice.email);
    await page.waitForURL("**/dashboard");
    await page.goto("/dashboard/account");
    await page.getByRole("link", { name: "Delete my account" }).click();
    await page.getByText("One App has no owner but you").waitFor();
    expect(await page.getByLabel("Password", { exact: true }).count()).toBe(0);
    expect((await new AxeBuilder({ page: alice.page }).analyze()).violations).toEqual([]);
    expect(await page.getByRole("link", { name: "Team" }).getAttribute("href")).toBe(`/dashboard/apps/${app.id}/team`);

    const member = ["--app", app.id, "--email", bob.email, "--role", "owner"];
    await foyer(server.environment, "members", "add", ...member);
    await page.reload();
    await page.getByLabel("Password", { exact: true }).fill("not the password");
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByText("Password is not your present password").waitFor();
    await page.getByLabel("Password", { exact: true }).fill(DEVELOPER_PASSWORD);
    await page.getByRole("button", { name: "Delete my account" }).click();
    await page.getByRole("status").getByText("Your account is deleted").waitFor();

    for (const browser of [page, alice.page]) {
      await browser.goto("/dashboard");
      await browser.waitForURL("**/login**");
    }
    await logIn(page, alice.email);
    await page.getByRole("alert").getByText("E-mail address or password is wrong").waitFor();
    // The App is Bob's now, and its trail says who left.
    await bob.page.goto(`/dashboard/apps/${app.id}/events`);
    await bob.page.locator("tbody").getByText("Member removed").first().waitFor();
    await bob.page.goto(`/dashboard/apps/${app.id}/team`);
    expect(await bob.page.locator("main").innerText()).not.toContain(alice.email);
    for (const one of [alice, bob, second]) await one.leave();
  });
});
