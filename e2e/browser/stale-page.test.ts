/** A page that an older version has rendered: its Server Actions don't exist any more. */
import { expect, test } from "../support/fixtures";

test("an action of a stale page gets a message, the page reloads, and the action then works", async ({ developer }) => {
  const { page } = developer;
  await page.goto("/dashboard/new");
  await page.route("**/dashboard/new", (route) => {
    const headers = route.request().headers();
    const unknown = { ...headers, "next-action": `7f${"0".repeat(40)}` };
    return route.continue({ headers: headers["next-action"] ? unknown : headers });
  });
  const create = async () => {
    await page.getByLabel("Name").fill("Photo Blog");
    await page.getByRole("button", { name: "Create app" }).click();
  };
  await create();
  const reloaded = page.waitForEvent("load");
  await expect(page.getByRole("alert").getByText("Foyer was updated, so this page reloads.")).toBeVisible();
  await reloaded;
  await expect(page.getByText("Foyer was updated")).toHaveCount(0);
  await page.unrouteAll();
  await create();
  await expect(page.getByRole("heading", { name: "Your app is ready" })).toBeVisible();
});

test("a form that is sent without JavaScript from a stale page gets a page that says so and links back", async ({
  developer,
  openBrowser,
  server,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  await page.context().addCookies(await developer.page.context().cookies(server.url));
  await page.goto("/dashboard/new");
  // The fields in which Next names the action.
  for (const field of await page.locator('input[name^="$ACTION_"]').all()) await field.evaluate(rename);
  await page.getByLabel("Name").fill("Photo Blog");
  await page.getByRole("button", { name: "Create app" }).click();
  await expect(page.getByRole("heading", { name: "This page was out of date" })).toBeVisible();
  await page.getByRole("link", { name: "Reload the page" }).click();
  await expect(page.getByRole("button", { name: "Create app" })).toBeVisible();
});

test("an action whose body can't be decoded gets 400 and a page that links back", async ({ developer, server }) => {
  const { page } = developer;
  await page.goto("/dashboard/new");
  const html = await (await page.request.get("/dashboard/new")).text();
  const action = /[0-9a-f]{42}/.exec(html)?.[0] ?? "";
  expect(action).not.toBe("");
  const send = (body: string, headers: Record<string, string>) =>
    page.request.post(`${server.url}/dashboard/new`, { data: body, headers, maxRedirects: 0 });
  const multipart = { "content-type": "multipart/form-data; boundary=x" };
  for (const [body, headers] of [
    ["nonsense", { "next-action": action, "content-type": "text/plain;charset=UTF-8" }],
    ["", { "next-action": action, "content-type": "text/plain;charset=UTF-8" }],
    ["[", { "next-action": action, "content-type": "text/plain;charset=UTF-8" }],
    ["nonsense", { "next-action": action, ...multipart }],
    [`--x\r\nContent-Disposition: form-data; name="$ACTION_REF_1"\r\n\r\n\r\n--x--\r\n`, multipart],
    ["nonsense", multipart],
  ] as const) {
    const response = await send(body, headers);
    expect(response.status(), JSON.stringify([body, headers])).toBeLessThan(500);
  }
});

function rename(field: HTMLElement | SVGElement): void {
  const input = field as HTMLInputElement;
  input.name = input.name.replace(/[0-9a-f]{42}/, `7f${"0".repeat(40)}`);
  input.value = input.value.replace(/[0-9a-f]{42}/, `7f${"0".repeat(40)}`);
}
