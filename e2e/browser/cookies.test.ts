/** A browser that uses many apps sends to each app's pages only their own cookies. */
import { expect, test } from "../support/fixtures";
import { signUpAt } from "../support/hosted";

test("a browser that is signed in to several apps sends two cookies to each", async ({
  openBrowser,
  createApp,
  server,
}) => {
  const { page } = await openBrowser();
  const apps = [await createApp("One"), await createApp("Two"), await createApp("Three")];
  const emails: string[] = [];
  for (const app of apps) emails.push(await signUpAt(page, app));
  for (const [index, app] of apps.entries()) {
    const sent = await page.context().cookies(`${server.url}/o/${app.id}/account`);
    expect(sent.map(({ path }) => path).sort()).toEqual(["/", `/o/${app.id}`]);
    await page.goto(`/o/${app.id}/account`);
    await expect(page.locator("main")).toContainText(emails[index] ?? "-");
  }
  expect(await page.context().cookies(`${server.url}/dashboard`)).toHaveLength(1);
});
