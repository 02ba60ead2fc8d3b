/** What a page makes a browser load: never more than 200 KB of script, compressed. Every page of the dashboard and the hosted ones. */
import type { Page, Request } from "playwright";
import { beforeAll, describe, expect, it } from "vitest";
import { createAppInBrowser, openBrowser, signUpDeveloper } from "../test/support/dashboard";
import { createExtremeApp } from "../test/support/extreme-app";
import { backend, mailTo, signUpAt } from "../test/support/hosted";
import { authorizePath, makePlace, shortNames } from "../test/support/hosted-walk";
import { type Server, startServer } from "../test/support/server";

const MINUTES = 240_000;
const MAXIMUM_KB = 200;

let server: Server;
beforeAll(async () => {
  server = await startServer({ TRUSTED_PROXIES: "127.0.0.1,::1" });
});

/** Kilobytes of script that came over the wire for a page of an empty cache. */
async function scriptOf(page: Page, path: string): Promise<number> {
  const scripts: Promise<number>[] = [];
  const weigh = (request: Request) => {
    if (request.resourceType() === "script") scripts.push(request.sizes().then((sizes) => sizes.responseBodySize));
  };
  const session = await page.context().newCDPSession(page);
  await session.send("Network.clearBrowserCache");
  page.on("requestfinished", weigh);
  const answer = await page.goto(path, { waitUntil: "networkidle" });
  page.off("requestfinished", weigh);
  await session.detach();
  expect(answer?.status(), path).toBe(200);
  return (await Promise.all(scripts)).reduce((sum, bytes) => sum + bytes, 0) / 1000;
}

async function expectLight(page: Page, paths: string[]) {
  const heavy: string[] = [];
  for (const path of paths) {
    const kilobytes = await scriptOf(page, path);
    expect(kilobytes, path).toBeGreaterThan(0);
    if (kilobytes > MAXIMUM_KB) heavy.push(`${path}: ${kilobytes.toFixed(0)} KB`);
  }
  expect(heavy).toEqual([]);
}

describe("no more than 200 KB of script on", () => {
  it(
    "any page of the dashboard",
    async () => {
      const { page, leave } = await signUpDeveloper(server);
      const { rooms, forms, single } = await createExtremeApp(server, page);
      expect(rooms.length).toBeGreaterThan(10);
      await expectLight(page, [
        "/dashboard",
        "/dashboard/new",
        "/dashboard/account",
        "/dashboard/account/delete",
        ...rooms,
        ...forms,
        ...single,
      ]);
      await leave();
    },
    MINUTES,
  );

  it(
    "any page that somebody sees who is not signed in, the hosted ones of an App among them",
    async () => {
      const { page, leave } = await signUpDeveloper(server);
      const { id } = await createAppInBrowser(page, "Photo Album");
      await leave();
      const stranger = await openBrowser(server);
      const hosted = ["signin", "signup", "forgot", "magic-link"].map((name) => `/o/${id}/${name}`);
      const site = ["/", "/login", "/signup", "/forgot-password", "/docs", "/docs/self-hosting", "/docs/api"];
      await expectLight(stranger.page, [...site, ...hosted]);
      await stranger.leave();
    },
    MINUTES,
  );

  it(
    "any page of an App's users, with what it asks in it",
    async () => {
      const place = await makePlace(server, shortNames());
      const { email } = place.names;
      const { page, leave } = await openBrowser(server);
      await expectLight(page, [authorizePath(place)]);
      await expectLight(page, [page.url().replace("/signin?", "/signup?")]);
      await signUpAt(page, place, email);
      const account = `/o/${place.app_id}/account`;
      const verify = (await mailTo(server, email)).link;
      await backend(place, `/api/auth/password/forgot/${place.app_id}`, { email });
      const reset = (await mailTo(server, email)).link;
      await backend(place, `/api/v1/apps/${place.app_id}/invitations`, { email: `guest.${email}` });
      const invitation = (await mailTo(server, `guest.${email}`)).link;
      const asking = [authorizePath(place), authorizePath(place, { prompt: "select_account" })];
      await expectLight(page, [account, `${account}/delete`, ...asking, verify, reset, invitation]);
      await leave();
    },
    MINUTES,
  );
});
