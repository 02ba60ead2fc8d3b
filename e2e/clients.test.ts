/** The clients of an App in the dashboard: made by kind, changed, given new secrets, deleted. */
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, signUpDeveloper } from "./support/dashboard";
import { type Server, startServer } from "./support/server";

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

describe("the clients of an App", () => {
  it("are made by kind, with the secret shown once, edited line by line, and deleted", async () => {
    const { page, complaints, leave } = await signUpDeveloper(server);
    const app = await createAppInBrowser(page, "Photo Blog");
    await page.goto(`/dashboard/apps/${app.id}/clients`);
    await page.getByRole("link", { name: "New client" }).click();
    await page.getByRole("link", { name: "Web server" }).click();
    await page.getByLabel("Name").fill("SuperPhotoPrints");
    await page.getByLabel("Redirect URIs").fill("https://photos.example.com/cb\nhttp://photos.example.com/cb");
    await page.getByRole("button", { name: "Create client" }).click();
    await page.getByText("“http://photos.example.com/cb” must use https").waitFor();
    await page.getByLabel("Redirect URIs").fill("https://photos.example.com/cb");
    await page.getByRole("button", { name: "Create client" }).click();
    const text = await page.getByRole("region", { name: "New client secret" }).innerText();
    const secret = /foyer_cs_\w+/.exec(text)?.[0] ?? expect.fail("no secret is shown");
    await page.getByRole("link", { name: "I have copied it" }).click();
    await page.getByRole("heading", { name: "SuperPhotoPrints" }).waitFor();
    expect(await page.content()).not.toContain(secret);

    const addresses = page.getByRole("form", { name: "Addresses" });
    await addresses.getByLabel("Post-logout redirect URIs").fill("https://photos.example.com/bye");
    await addresses.getByRole("button", { name: "Save" }).click();
    await page.getByText("The client is saved").first().waitFor();

    await page.getByRole("button", { name: "New secret" }).click();
    await page.getByRole("region", { name: "New client secret" }).waitFor();
    await page.getByRole("button", { name: "I have copied it" }).click();
    await page
      .getByRole("button", { name: /^Revoke foyer_cs/ })
      .last()
      .click();
    await page.getByRole("alertdialog").getByRole("button", { name: "Revoke secret" }).click();
    await page.getByText("The secret was revoked").first().waitFor();

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
    const make = async (kind: string, uri: string | null) => {
      await page.goto(`/dashboard/apps/${app.id}/clients/new`);
      await page.getByRole("link", { name: kind }).click();
      await page.getByLabel("Name").fill(`A ${kind}`);
      if (uri) await page.getByLabel("Redirect URIs").fill(uri);
      await page.getByRole("button", { name: "Create client" }).click();
      await page.getByText(/needs no more than these/).waitFor();
      return page.getByRole("region", { name: "New client secret" }).count();
    };
    expect(await make("Single-page app", "https://app.example.com/cb")).toBe(0);
    expect(await make("Native app", "com.example.app:/callback")).toBe(0);
    expect(await make("Machine", null)).toBe(1);
    await page.goto(`/dashboard/apps/${app.id}/clients?q=native`);
    expect(await page.locator("tbody tr").count()).toBe(1);
    await leave();
  });
});
