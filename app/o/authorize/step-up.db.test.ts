/** Step-up at the authorization endpoint (OIDC Core §3.1.2.1, §5.5.1.1), until the second factor is asked for. */

import { decodeJwt } from "jose";
import { beforeAll, describe, expect, it } from "vitest";
import { updateApp } from "@/lib/apps/update";
import { someApp, type TestApp } from "@/test/support/factories";
import {
  authorizeUrl,
  Browser,
  getTokens,
  locationOf,
  OPERATOR,
  screenOf,
  someClient,
  type TestClient,
} from "@/test/support/oauth";

const essential = (...values: string[]) => ({
  claims: JSON.stringify({ id_token: { acr: { essential: true, values } } }),
});

let app: TestApp;
let client: TestClient;
let bob: Browser;
beforeAll(async () => {
  app = await someApp();
  client = await someClient(app);
  bob = new Browser(app);
  await getTokens(client, bob);
});

describe("a session with one factor", () => {
  it.each([
    ["acr_values", { acr_values: "2" }],
    ["acr_values that accept a passkey or two factors", { acr_values: "phr 2" }],
    ["an essential acr", essential("2")],
  ])("is asked for more by %s", async (_title, changes) => {
    expect(screenOf(await bob.open(authorizeUrl(client, changes)))).toBe("step-up");
  });

  it("is enough where the client also accepts one factor", async () => {
    const location = locationOf(await bob.open(authorizeUrl(client, { acr_values: "2 1" })));
    expect(location.searchParams.get("code")).toBeTruthy();
  });

  it("gets a response with prompt=none: the code for a wish, an error for a requirement", async () => {
    const wish = locationOf(await bob.open(authorizeUrl(client, { acr_values: "2", prompt: "none" })));
    expect(wish.searchParams.get("code")).toBeTruthy();
    const requirement = locationOf(await bob.open(authorizeUrl(client, { ...essential("2"), prompt: "none" })));
    expect(requirement.searchParams.get("error")).toBe("interaction_required");
  });

  it("can't be raised where the app has second factors off", async () => {
    const strict = await someApp();
    const own = await someClient(strict);
    await updateApp(strict.id, { settings: { mfa: "off" } }, OPERATOR);
    const carol = new Browser(strict);
    const { id_token } = await getTokens(own, carol);
    expect(decodeJwt(id_token ?? "")).toMatchObject({ acr: "1", amr: ["pwd"] });
    const wish = locationOf(await carol.open(authorizeUrl(own, { acr_values: "2" })));
    expect(wish.searchParams.get("code")).toBeTruthy();
    const requirement = locationOf(await carol.open(authorizeUrl(own, essential("2"))));
    expect(requirement.searchParams.get("error")).toBe("unmet_authentication_requirements");
  });
});
