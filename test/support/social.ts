/** A GitHub stand-in, connections with it, and sign-ins through it. */
import { afterAll, expect } from "vitest";
import { type GitHubStandIn, startGitHub } from "@/examples/github-stand-in/server.mjs";
import { getApp } from "@/lib/apps/apps";
import { db } from "@/lib/database/client";
import { createConnection } from "@/lib/social/connections";
import type { NewConnection } from "@/lib/social/inputs";
import type { TestResponse } from "./call";
import type { TestApp } from "./factories";
import { type Browser, encode, OPERATOR } from "./oauth";

export const RETURN_URL = "https://blog.example/signed-in?from=github";

let running: Promise<GitHubStandIn> | null = null;
afterAll(async () => (await running)?.close());

/** One per test file. */
export function standIn(): Promise<GitHubStandIn> {
  running ??= startGitHub({ clients: { "the-client": "the-secret" } });
  return running;
}

/** The input of a connection with the stand-in. */
export async function toStandIn(): Promise<NewConnection> {
  const { url } = await standIn();
  return {
    provider: "github",
    client_id: "the-client",
    client_secret: "the-secret",
    authorization_url: `${url}/login/oauth/authorize`,
    token_url: `${url}/login/oauth/access_token`,
    api_url: url,
    redirect_uris: [RETURN_URL],
  };
}

export async function connectGitHub(app: TestApp, changes: Partial<NewConnection> = {}) {
  return createConnection(await getApp(app.id), { ...(await toStandIn()), ...changes }, OPERATOR);
}

/** The account to choose at the provider, and the fault to simulate there. */
export interface Choice {
  login?: string;
  fault?: string;
}

/** Chooses an account on the provider's page. → the URL of the callback */
export async function chooseAt(page: string, { login = "bob", fault = "" }: Choice = {}): Promise<string> {
  const { origin, pathname, searchParams } = new URL(page);
  const form = new URLSearchParams([...searchParams, ["login", login], ["fault", fault]]);
  const answer = await fetch(`${origin}${pathname}`, { method: "POST", body: form, redirect: "manual" });
  return answer.headers.get("location") ?? expect.fail(`the stand-in answered ${answer.status}`);
}

export interface Start extends Choice {
  connection?: string;
  redirect_uri?: string;
  state?: string;
}

export function startPath(app: TestApp, start: Start = {}): string {
  const { connection = "github", redirect_uri = RETURN_URL, state = "the caller's" } = start;
  return `/api/auth/${connection}/${app.id}?${encode({ redirect_uri, state })}`;
}

/** Starts a sign-in. → the URL of the provider's page */
export async function begin(browser: Browser, start: Start = {}): Promise<string> {
  const answer = await browser.open(startPath(browser.app, start));
  expect(answer.status, JSON.stringify(answer.body)).toBe(302);
  return answer.headers.get("location") ?? "";
}

/** Signs in through the provider. → the response of the callback */
export async function signInAtStandIn(browser: Browser, start: Start = {}): Promise<TestResponse> {
  return browser.open(await chooseAt(await begin(browser, start), start));
}

/** The parameters with which the browser returned to the app. */
export function arrivedAt(answer: TestResponse, address = RETURN_URL): Record<string, string> {
  expect(answer.status, JSON.stringify(answer.body)).toBe(302);
  const location = new URL(answer.headers.get("location") ?? "");
  expect(location.href.startsWith(address), location.href).toBe(true);
  const own = [...new URL(address).searchParams.keys()];
  return Object.fromEntries([...location.searchParams].filter(([name]) => !own.includes(name)));
}

export function claimsOf(token: string | undefined): Record<string, unknown> {
  return JSON.parse(Buffer.from(token?.split(".")[1] ?? "", "base64url").toString());
}

/** The numbers of users, linked accounts and active sessions of an app. */
export async function countPeopleOf({ id: appId }: TestApp) {
  const where = { appId };
  const [users, identities, sessions] = await Promise.all([
    db().user.count({ where }),
    db().identity.count({ where }),
    db().session.count({ where: { ...where, revokedAt: null } }),
  ]);
  return { users, identities, sessions };
}

export function lastEventOf({ id: appId }: TestApp, type: string) {
  return db().auditEvent.findFirst({ where: { appId, type }, orderBy: { id: "desc" } });
}
