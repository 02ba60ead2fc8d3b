/** A client ID metadata document on an https server whose certificate is of a private authority. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createAppByCli, foyer } from "../support/cli";
import { fillCredentials } from "../support/hosted";
import { newEmail } from "../support/people";
import { expect, test } from "../support/process";
import { startServer } from "../support/server";

const REDIRECT = "http://127.0.0.1:9/callback";

let folder: string;
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "foyer-authority-"));
  const openssl = (line: string) => execFileSync("openssl", line.split(" "), { cwd: folder, stdio: "pipe" });
  openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=Authority");
  openssl("req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj /CN=localhost");
  writeFileSync(join(folder, "names"), "subjectAltName=DNS:localhost");
  openssl("x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 2 -extfile names");
});
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Serves the document. → its URL */
async function serveDocument(): Promise<{ url: string; close: () => void }> {
  const read = (name: string) => readFileSync(join(folder, name));
  const server = createServer({ key: read("server.key"), cert: read("server.pem") }, (_, response) => {
    const document = { client_id: url, client_name: "Photo agent", redirect_uris: [REDIRECT] };
    response.setHeader("content-type", "application/json").end(JSON.stringify(document));
  }).listen(0);
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `https://localhost:${(server.address() as AddressInfo).port}/client.json`;
  return { url, close: () => server.close() };
}

function authorizeUrl(issuer: string, clientId: string): string {
  const query = new URLSearchParams({
    response_type: "code",
    client_id: clientId,
    redirect_uri: REDIRECT,
    scope: "openid email",
    code_challenge: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    code_challenge_method: "S256",
  });
  return `${issuer}/authorize?${query}`;
}

test("is accepted with NODE_EXTRA_CA_CERTS, and the consent page names its host", async ({ page }) => {
  const document = await serveDocument();
  const server = await startServer({ NODE_EXTRA_CA_CERTS: join(folder, "ca.pem") });
  const app = await createAppByCli(server.environment);
  await foyer(server.environment, "apps", "update", "--app", app.id, "--setting", "client_metadata_documents=any");
  await page.goto(authorizeUrl(app.issuer, document.url));
  await page.getByRole("link", { name: "Create an account" }).click();
  await page.waitForURL("**/signup?**");
  await fillCredentials(page, newEmail());
  await page.getByRole("button", { name: "Create account" }).click();
  const identity = page.locator("dt", { hasText: "Identity" }).locator("xpath=following-sibling::dd");
  await expect(identity).toHaveText(new URL(document.url).host);
  const answer = page.waitForRequest((request) => request.url().startsWith(REDIRECT));
  await page.getByRole("button", { name: "Allow" }).click();
  expect(new URL((await answer).url()).searchParams.get("code")).toBeTruthy();
  await server.stop();
  document.close();
});

test("is rejected on a page without it", async ({ page }) => {
  const document = await serveDocument();
  const server = await startServer();
  const app = await createAppByCli(server.environment);
  await foyer(server.environment, "apps", "update", "--app", app.id, "--setting", "client_metadata_documents=any");
  const response = await page.goto(authorizeUrl(app.issuer, document.url));
  expect(response?.status()).toBe(400);
  await expect(page.getByText("could not be reached")).toBeVisible();
  await server.stop();
  document.close();
});
