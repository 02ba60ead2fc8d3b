/** The device grant in tests: a device that starts and polls, and a user who answers in a browser. */
import { expect } from "vitest";
import { db } from "@/lib/database/client";
import type { ClientInput } from "@/lib/oauth/clients/inputs";
import type { TestApp } from "./factories";
import { type Browser, interactionOf, locationOf, post, screenOf, someClient, type TestClient } from "./oauth";

export const DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";

export function someDeviceClient(app: TestApp, input: Partial<ClientInput> = {}): Promise<TestClient> {
  return someClient(app, {
    client_name: "Photos CLI",
    public: true,
    redirect_uris: [],
    grant_types: [DEVICE_GRANT, "refresh_token"],
    ...input,
  });
}

export interface StartedDevice {
  device_code: string;
  user_code: string;
}

export async function startDevice(client: TestClient, fields: Record<string, string> = {}): Promise<StartedDevice> {
  const answer = await post(client, "device_authorization", {
    scope: "openid profile email offline_access",
    ...fields,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return answer.body;
}

export function poll(client: TestClient, { device_code }: Pick<StartedDevice, "device_code">) {
  return post(client, "token", { grant_type: DEVICE_GRANT, device_code });
}

/** Enters the code, and signs up unless the browser is signed in. → the ID of the interaction */
export async function enterCode(browser: Browser, userCode: string): Promise<string> {
  let answer = await browser.submit("device", { user_code: userCode });
  expect(answer.status, JSON.stringify(answer.body)).toBe(303);
  const interaction = interactionOf(answer);
  if (screenOf(answer) === "signin")
    answer = browser.registered ? await browser.signIn(interaction) : await browser.signUp(interaction);
  expect(screenOf(answer), locationOf(answer).href).toBe("device/confirm");
  return interaction;
}

export async function answerDevice(browser: Browser, interaction: string, decision: string, fields = {}) {
  return browser.submit("device/confirm", { interaction, user: await browser.userId(), decision, ...fields });
}

export async function allowDevice(browser: Browser, started: StartedDevice) {
  const answer = await answerDevice(browser, await enterCode(browser, started.user_code), "allow");
  expect(screenOf(answer)).toBe("done/device-allowed");
}

export function rowOfCode(app: TestApp, userCode: string) {
  return { appId_userCode: { appId: app.id, userCode: userCode.replace("-", "") } };
}

export function changeDevice(app: TestApp, { user_code }: StartedDevice, data: object) {
  return db().deviceCode.update({ where: rowOfCode(app, user_code), data });
}

/** Lets the device wait as long as it was told. */
export function waitInterval(app: TestApp, started: StartedDevice) {
  return changeDevice(app, started, { lastPolledAt: new Date(Date.now() - 60_000) });
}
