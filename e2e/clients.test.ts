/** The clients of an App in the dashboard: made by kind, changed part by part, given new secrets, helped with what was refused, deleted. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, type MadeApp, signUpDeveloper } from "../test/support/dashboard";
import { type Server, startServer } from "../test/support/server";

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

const CALLBACK = "https://photos.example.com/cb";

/** Through the page of its kind. → its id */
async function makeClient(page: Page, app: MadeApp, kind: string, uris: string[] = []): Promise<string> {
  await page.goto(`/dashboard/apps/${app.id}/clients/new`);
  await page.getByRole("link", { name: kind }).click();
  await page.getByLabel("Name", { exact: true }).fill(`A ${kind}`);
  for (const [index, uri] of uris.entries())
    await page.getByLabel(`Redirect URI ${index + 1}`, { exact: true }).fill(uri);
  await page.getByRole("button", { name: "Create client" }).click();
  await page.getByRole("heading", { name: "The client is ready" }).waitFor();
  const id = /cli_\w+/.exec(await page.locator("main").innerText())?.[0];
  return id ?? expect.fail("no id is shown");
}

describe("the clients of an App", () => {
  it("are made by kind, with the secret shown once beside the code to begin with, and deleted", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    await page.goto(`/dashboard/apps/${app.id}/clients`);
    await page.getByRole("link", { name: "New client" }).click();
    await page.getByRole("link", { name: "Web server" }).click();
    await page.getByLabel("Name", { exact: true }).fill("SuperPhotoPrints");
    await page.getByLabel("Redirect URI 1", { exact: true }).fill(CALLBACK);
    await page.getByRole("button", { name: "Add another" }).click();
    await page.getByLabel("Redirect URI 2", { exact: true }).fill("http://photos.example.com/cb");
    await page.getByRole("button", { name: "Create client" }).click();
    await page.getByText(/must use https/).waitFor();
    // Beside the very one that is wrong.
    expect(await page.getByLabel("Redirect URI 2", { exact: true }).getAttribute("aria-invalid")).toBe("true");
    expect(await page.getByLabel("Redirect URI 1", { exact: true }).getAttribute("aria-invalid")).toBeNull();
    await page.getByRole("button", { name: "Remove Redirect URI 2" }).click();
    await page.getByRole("button", { name: "Create client" }).click();
    const text = await page.getByRole("region", { name: "New client secret" }).innerText();
    const secret = /foyer_cs_\w+/.exec(text)?.[0] ?? expect.fail("no secret is shown");
    await page.getByRole("link", { name: "Go to the client" }).click();
    await page.getByRole("heading", { name: "SuperPhotoPrints" }).waitFor();
    expect(await page.content()).not.toContain(secret);

    await page.getByRole("navigation", { name: "Client" }).getByRole("link", { name: "Settings" }).click();
    await page.getByRole("button", { name: "Delete client" }).click();
    const dialog = page.getByRole("alertdialog");
    await dialog.getByLabel(/To confirm/).fill("SuperPhotoPrints");
    await dialog.getByRole("button", { name: "Delete for good" }).click();
    await page.getByText("No client yet").waitFor();
    expect(complaints).toEqual([]);
    await leave();
  });

  it("of the other kinds have what fits them", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    const secrets = () => page.getByRole("region", { name: "New client secret" }).count();
    await makeClient(page, app, "Single-page app", ["https://app.example.com/cb"]);
    expect(await secrets()).toBe(0);
    await makeClient(page, app, "Native app", ["com.example.app:/callback"]);
    expect(await secrets()).toBe(0);
    await makeClient(page, app, "Machine to machine");
    expect(await secrets()).toBe(1);
    await page.goto(`/dashboard/apps/${app.id}/clients?q=native`);
    expect(await page.locator("tbody tr").count()).toBe(1);
    await leave();
  });

  it("are changed part by part; what is wrong is marked where it can be mended", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    const id = await makeClient(page, app, "Web server", [CALLBACK]);
    const settings = `/dashboard/apps/${app.id}/clients/${id}/settings`;
    await page.goto(settings);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    const save = async (form: string) => {
      await page.getByRole("form", { name: form }).getByRole("button", { name: "Save" }).click();
    };
    const saved = async () => {
      const toast = page.getByText("The client is saved").first();
      await toast.waitFor();
      await page.reload();
    };
    const addresses = page.getByRole("form", { name: "Addresses" });
    await addresses.getByLabel("Post-logout redirect URI 1", { exact: true }).fill("https://photos.example.com/bye");
    await save("Addresses");
    await saved();
    expect(await addresses.getByLabel("Post-logout redirect URI 1", { exact: true }).inputValue()).toBe(
      "https://photos.example.com/bye",
    );
    await page.getByRole("form", { name: "Scopes" }).getByLabel("offline_access").uncheck();
    await save("Scopes");
    await saved();
    expect(await page.getByRole("form", { name: "Scopes" }).getByLabel("offline_access").isChecked()).toBe(false);

    const grants = page.getByRole("form", { name: "Grants" });
    const code = grants.getByRole("checkbox", { name: "Authorization code" });
    await grants.getByRole("checkbox", { name: "Client credentials" }).check();
    await code.uncheck();
    await grants.getByRole("checkbox", { name: "Refresh token" }).uncheck();
    await save("Grants");
    await saved();
    await addresses.getByRole("button", { name: "Remove Redirect URI 1" }).click();
    await save("Addresses");
    await saved();
    await code.check();
    await save("Grants");
    await grants.getByText("For authorization_code, add a redirect URI first").waitFor();
    expect(await code.getAttribute("aria-invalid")).toBe("true");
    expect(await code.isChecked()).toBe(true);
    expect(complaints).toEqual([]);
    await leave();
  });

  it("have two secrets at most, of which one is revoked", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    const id = await makeClient(page, app, "Web server", [CALLBACK]);
    await page.goto(`/dashboard/apps/${app.id}/clients/${id}`);
    await page.getByRole("button", { name: "Make a new secret" }).click();
    await page.getByRole("region", { name: "New client secret" }).waitFor();
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page.getByText("Revoke one of them to make another").waitFor();
    await page
      .getByRole("button", { name: /^Revoke foyer_cs/ })
      .last()
      .click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke secret" }).click();
    await page.getByText("The secret was revoked").first().waitFor();
    await page.getByRole("button", { name: "Make a new secret" }).waitFor();
    await leave();
  });

  it("show what was refused, and mend it with one press", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    const id = await makeClient(page, app, "Web server", [CALLBACK]);
    const other = "https://photos.example.com/callback";
    const request = new URLSearchParams({ client_id: id, response_type: "code", redirect_uri: other, scope: "openid" });
    expect((await fetch(`${server.url}/o/authorize?${request}`)).status).toBe(400);
    await page.goto(`/dashboard/apps/${app.id}/clients/${id}`);
    await page.getByText(other).first().waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.getByRole("button", { name: "Add this redirect URI" }).click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Add this redirect URI" }).click();
    await page.getByText("The redirect URI is registered").first().waitFor();
    await page.goto(`/dashboard/apps/${app.id}/clients/${id}/settings`);
    expect(await page.getByLabel("Redirect URI 2", { exact: true }).inputValue()).toBe(other);
    await leave();
  });

  it("of another developer are a 404 on both sides", async () => {
    const { page, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    const id = await makeClient(page, app, "Web server", [CALLBACK]);
    const stranger = await signUpDeveloper(server);
    const own = await createAppInBrowser(stranger.page, "Other");
    for (const owner of [app, own])
      for (const side of ["", "/settings"]) {
        const answer = await stranger.page.goto(`/dashboard/apps/${owner.id}/clients/${id}${side}`);
        expect(answer?.status(), `${owner.id}${side}`).toBe(404);
        expect(await stranger.page.content()).not.toContain("A Web server");
      }
    await stranger.leave();
    await leave();
  });
});
