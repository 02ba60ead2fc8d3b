/** An invalid authorization request of a user who isn't signed in (RFC 9700 §4.11.2). */
import { manage } from "../support/app";
import { expect, test } from "../support/fixtures";
import { signInAt, signUpAt } from "../support/hosted";

const REDIRECT_URI = "https://photos.example/cb";

test("the sign-in page says that the application made a mistake, then the application gets the error", async ({
  openBrowser,
  app,
}) => {
  const { page } = await openBrowser({ javaScriptEnabled: false });
  const email = await signUpAt(page, app);
  await page.context().clearCookies();
  const { client_id } = await manage(app, "POST", "/clients", { client_name: "Prints", redirect_uris: [REDIRECT_URI] });
  await page.route(`${REDIRECT_URI}**`, (route) => route.fulfill({ contentType: "text/html", body: "Prints" }));
  const query = { client_id, redirect_uri: REDIRECT_URI, response_type: "token", state: "s" };
  await page.goto(`/o/${app.id}/authorize?${new URLSearchParams(query)}`);
  await expect(page.getByText(/request is invalid|invalid request/)).toBeVisible();
  await expect(page.getByText("photos.example")).toBeVisible();
  await signInAt(page, app, email);
  await page.waitForURL(`${REDIRECT_URI}?**`);
  const answer = Object.fromEntries(new URL(page.url()).searchParams);
  expect(answer).toMatchObject({ error: "unsupported_response_type", state: "s", iss: app.issuer });
});
