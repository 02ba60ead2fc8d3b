/** A frame with prompt=none and response_mode=form_post, as client libraries use it (OIDC Core §3.1.2.1). */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Page } from "playwright/test";
import { manage, type TestApp } from "../support/app";
import { onCleanup } from "../support/cleanup";
import { expect, test } from "../support/fixtures";
import { signUpAt } from "../support/hosted";

interface Site {
  url: string;
  clientId: string;
}

/** A site whose page /frame embeds the URL in its query, and whose callback shows what it received. */
async function startSite(app: TestApp): Promise<Site> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    response.writeHead(200, { "Content-Type": "text/html" });
    const src = (searchParams.get("src") ?? "").replaceAll("&", "&amp;");
    response.end(pathname === "/frame" ? `<iframe src="${src}"></iframe>` : `<p>${await text(request)}</p>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  onCleanup(() => server.close());
  // The same site as Foyer, since the browser sends no cookies to a frame of another one.
  const url = `http://localhost:${(server.address() as AddressInfo).port}`;
  const body = { client_name: "Prints", redirect_uris: [`${url}/cb`] };
  return { url, clientId: (await manage(app, "POST", "/clients", body)).client_id };
}

function authorizeUrl(app: TestApp, { url, clientId }: Site, more: Record<string, string> = {}): string {
  const query = { response_type: "code", client_id: clientId, redirect_uri: `${url}/cb`, scope: "openid", ...more };
  return `${app.issuer}/authorize?${new URLSearchParams(query)}`;
}

async function openFrame(page: Page, site: string, target: string) {
  await page.goto(`${site}/frame?${new URLSearchParams({ src: target })}`);
  return page.frameLocator("iframe").locator("body");
}

test("gets login_required, then consent_required, then a code, in a frame of the client only", async ({
  openBrowser,
  app,
}) => {
  const [site, stranger] = [await startSite(app), await startSite(app)];
  const { page } = await openBrowser();
  const silent = authorizeUrl(app, site, { prompt: "none", response_mode: "form_post" });
  await expect(await openFrame(page, site.url, silent)).toContainText("error=login_required");
  await signUpAt(page, app);
  await expect(await openFrame(page, site.url, silent)).toContainText("error=consent_required");
  await page.goto(authorizeUrl(app, site));
  await page.getByRole("button", { name: "Allow" }).click();
  await page.waitForURL(`${site.url}/cb?**`);
  await expect(await openFrame(page, site.url, silent)).toContainText("code=fc_");
  // The browser's own error page.
  await expect(await openFrame(page, stranger.url, silent)).toContainText("refused to connect");
});
