import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { db } from "@/lib/database/client";
import { someApp, type TestApp } from "@/test/support/factories";
import { Browser, begin, locationOf, OPERATOR, screenOf, someClient, type TestClient } from "@/test/support/oauth";
import { passkeys, somePasskeyUser } from "@/test/support/passkeys";

let app: TestApp;
let client: TestClient;

beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
});

async function messageOf(interaction: string): Promise<string> {
  const where = { appId_id: { appId: app.id, id: interaction } };
  const { form } = await db().authorizationRequest.findUniqueOrThrow({ where });
  return (form as { message?: string }).message ?? "";
}

async function answerOf(own: TestApp, ...faults: Parameters<typeof Object.assign>[1][]): Promise<string> {
  const { authenticator } = await somePasskeyUser(own);
  return JSON.stringify(authenticator.get((await passkeys.options(own)).body, ...faults));
}

describe("the passkey form of the sign-in page", () => {
  it("signs the user in and continues the request; a double click gets the same result", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const passkey = await answerOf(app);
    const [first, second] = [
      await browser.submit("signin/passkey", { interaction, passkey }),
      await browser.submit("signin/passkey", { interaction, passkey }),
    ];
    expect(screenOf(first)).toBe("consent");
    expect(locationOf(second).href).toBe(locationOf(first).href);
    expect(await browser.session()).toMatchObject({ acr: "phr", amr: ["hwk", "user", "mfa"] });
  });

  it("doesn't complete another browser's request, nor a request from another site", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const passkey = await answerOf(app);
    const other = await new Browser(app).submit("signin/passkey", { interaction, passkey });
    expect(other.status).toBe(400);
    const foreign = await browser.submit(
      "signin/passkey",
      { interaction, passkey },
      { "sec-fetch-site": "cross-site" },
    );
    expect(foreign.status).toBe(403);
    expect(screenOf(await browser.submit("signin/passkey", { interaction, passkey }))).toBe("consent");
  });

  it("shows a neighbor app's passkey and an unknown one as such, and says little about the rest", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const neighbor = await someApp();
    const cases: [string, string][] = [
      [await answerOf(neighbor), "belongs to another app"],
      [await answerOf(app, { userVerified: false }), "didn't verify its user"],
      [await answerOf(app, { origin: "https://evil.example" }), "couldn’t be used"],
      ["nonsense", "couldn’t be used"],
      ["", "couldn’t be used"],
    ];
    for (const [passkey, text] of cases) {
      const answer = await browser.submit("signin/passkey", { interaction, passkey });
      expect(screenOf(answer)).toBe("signin");
      expect(await messageOf(interaction)).toContain(text);
    }
    expect(await db().session.count({ where: { appId: app.id, kind: "browser", acr: "phr" } })).toBe(2);
  });

  it("is rejected while the app has disabled passkeys", async () => {
    const browser = new Browser(app);
    const interaction = await begin(browser, client);
    const passkey = await answerOf(app);
    await updateApp(app.id, { settings: { passkeys: false } }, OPERATOR);
    expect(screenOf(await browser.submit("signin/passkey", { interaction, passkey }))).toBe("signin");
    await updateApp(app.id, { settings: { passkeys: true } }, OPERATOR);
  });
});
