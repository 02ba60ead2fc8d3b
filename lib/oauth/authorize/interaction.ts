/**
 * Pending authorization requests, which wait for the user to sign in, select an account or consent.
 * A cookie binds each to one browser, so that an attacker's request can't be completed in a
 * victim's browser (RFC 9700 §4.7).
 */
import { now, secondsFromNow } from "../../clock";
import { hostCookieName } from "../../cookies";
import { equalBytes, randomSecret, sha256 } from "../../crypto/hash";
import { db, type Tx } from "../../database/client";
import { fail } from "../../errors";
import { newId, shortAppId } from "../../ids";
import type { OAuthCode } from "../errors";
import { type Origin, PLAIN, type Prompt } from "./request";

const TTL_SECONDS = 3600;

/** Earlier releases used the prefix `req`. Interactions with it stay valid until they expire. */
const ID = /^(int|req)_[0-9a-z]{26}$/;

export interface Interaction {
  id: string;
  appId: string;
  /** null if no response goes to a client: for the account page and for a device. */
  clientId: string | null;
  /** The code that the user entered for a device (RFC 8628), or null. */
  userCode: string | null;
  /** The parameters of the request, encoded. */
  query: string;
  origin: Origin;
  /** Why the request object was rejected, for the client. */
  error: { code: OAuthCode; description: string } | null;
  createdAt: Date;
  /** "enroll": the user was offered a second factor and declined. */
  promptsDone: (Prompt | "enroll")[];
  /** What the form shows after a failed attempt: the error and the typed values. */
  form: InteractionForm;
}

/** The pages that show the form again after a failed attempt. */
export type FormScreen = "signin" | "signup" | "magic-link";

export interface InteractionForm {
  /** The page that shows the error. Other pages show only the typed values. */
  screen?: FormScreen;
  email?: string;
  name?: string;
  /** An error of the whole form, as a sentence. */
  message?: string;
  /** The success message of the previous step, as a sentence. */
  notice?: string;
  /** Errors by field. */
  fields?: Record<string, string>;
  /** The right code of an email, which waits for the user's decision about an earlier password. */
  provedCode?: { method: "magic_link" | "email_code"; id: string };
}

/** The cookie that identifies the browser. It says nothing about the user, so all apps share it. */
export function browserCookieName(): string {
  return hostCookieName("foyer-browser");
}

/** As long as browsers keep a cookie, so that it outlives every session: see answer-as-get.ts. */
export const BROWSER_COOKIE_SECONDS = 400 * 24 * 3600;

/** Version 0.1 had one per app. */
export function earlierBrowserCookieName(appId: string): string {
  return hostCookieName(`foyer-browser-${shortAppId(appId)}`);
}

export function readBrowserSecret(appId: string, read: (name: string) => string | undefined): string | undefined {
  return read(earlierBrowserCookieName(appId)) ?? read(browserCookieName());
}

export function newBrowserSecret(): string {
  return randomSecret();
}

const ACCOUNT_PAGES = [
  "account",
  "account/delete",
  "account/authenticator",
  "account/email-codes",
  "account/passkeys",
] as const;

export type AccountPage = (typeof ACCOUNT_PAGES)[number];

/** The page of the account with this name, or else the account page itself. */
export function accountPage(name: string | null): AccountPage {
  return ACCOUNT_PAGES.find((page) => page === name) ?? "account";
}

/** The account page that requires a new sign-in, from the query of the interaction, or null. */
export function reauthenticationPage(query: string): AccountPage | null {
  const again = new URLSearchParams(query).get("again");
  return ACCOUNT_PAGES.find((page) => page === again) ?? null;
}

/** `origin` and `error` are absent if there is nothing to say. */
interface StoredRequest {
  query: string;
  origin?: Origin;
  error?: Interaction["error"];
}

type Row = { clientId: string | null } & (
  | { kind: "query"; parameters: StoredRequest }
  | { kind: "device"; parameters: { userCode: string } }
);

async function create(appId: string, row: Row, browserSecret: string): Promise<string> {
  const id = newId("int");
  await db().authorizationRequest.create({
    data: {
      appId,
      id,
      ...row,
      parameters: row.parameters as object,
      browserHash: sha256(browserSecret),
      createdAt: now(),
      expiresAt: secondsFromNow(TTL_SECONDS),
    },
    select: { id: true },
  });
  return id;
}

export function createInteraction(
  appId: string,
  clientId: string | null,
  query: string,
  browserSecret: string,
  arrival: Omit<StoredRequest, "query"> = {},
): Promise<string> {
  return create(appId, { clientId, kind: "query", parameters: { query, ...arrival } }, browserSecret);
}

/** The user entered the code of a device that this client started. */
export function createDeviceInteraction(
  appId: string,
  { clientId, userCode }: { clientId: string; userCode: string },
  browserSecret: string,
): Promise<string> {
  return create(appId, { clientId, kind: "device", parameters: { userCode } }, browserSecret);
}

/** Returns null if the interaction is unknown, expired, answered or another browser's. */
export async function findInteraction(
  appId: string,
  id: string | undefined,
  browserSecret: string | undefined,
): Promise<Interaction | null> {
  if (!id || !ID.test(id) || !browserSecret) return null;
  const row = await db().authorizationRequest.findUnique({
    where: { appId_id: { appId, id }, kind: { in: ["query", "device"] }, consumedAt: null, expiresAt: { gt: now() } },
  });
  if (!row?.browserHash || !equalBytes(row.browserHash, sha256(browserSecret))) return null;
  const { userCode = null, ...stored } = row.parameters as Partial<StoredRequest> & { userCode?: string };
  return {
    id,
    appId,
    clientId: userCode === null ? row.clientId : null,
    userCode,
    query: stored.query ?? "",
    origin: stored.origin ?? PLAIN,
    error: stored.error ?? null,
    createdAt: row.createdAt,
    promptsDone: row.promptsDone as Interaction["promptsDone"],
    form: (row.form as InteractionForm | null) ?? {},
  };
}

/** Whether the user can still continue it, in whichever browser it was started. */
export async function isInteractionPending(appId: string, id: string): Promise<boolean> {
  const where = { appId, id, consumedAt: null, expiresAt: { gt: now() } };
  return (await db().authorizationRequest.count({ where })) > 0;
}

/** 400: the user has to start again at the app. */
export function failEnded(): never {
  fail(
    400,
    "interaction_ended",
    "The sign-in was already completed, took longer than an hour, or was started in another browser. Go back to the app and start again.",
  );
}

export async function getInteraction(
  appId: string,
  id: string | undefined,
  browserSecret: string | undefined,
): Promise<Interaction> {
  return (await findInteraction(appId, id, browserSecret)) ?? failEnded();
}

export async function saveForm(interaction: Interaction, form: InteractionForm): Promise<void> {
  await db().authorizationRequest.updateMany({
    where: { appId: interaction.appId, id: interaction.id },
    data: { form: form as object },
  });
}

async function setPromptsDone(interaction: Interaction, promptsDone: Interaction["promptsDone"]): Promise<Interaction> {
  await db().authorizationRequest.updateMany({
    where: { appId: interaction.appId, id: interaction.id },
    data: { promptsDone },
  });
  return { ...interaction, promptsDone };
}

export function markPromptDone(interaction: Interaction, prompt: Prompt | "enroll"): Promise<Interaction> {
  return setPromptsDone(interaction, [...new Set([...interaction.promptsDone, prompt])]);
}

/** Resets the answered prompts after a sign-in, because another user may have answered them. */
export function resetPrompts(interaction: Interaction): Promise<Interaction> {
  return setPromptsDone(interaction, []);
}

/**
 * Marks stored requests as answered, for one of several concurrent callers. The others get a page:
 * the client already has its response. @throws 400
 */
async function consume(appId: string, ids: string[], tx: Tx): Promise<void> {
  const { count } = await tx.authorizationRequest.updateMany({
    where: { appId, id: { in: ids }, consumedAt: null },
    data: { consumedAt: now() },
  });
  if (count < ids.length) failEnded();
}

/** Consumes the interaction, and with it the pushed request that started it. @throws 400 */
export function consumeInteraction({ appId, id, origin }: Interaction, tx: Tx = db()): Promise<void> {
  return consume(appId, origin.pushed ? [id, origin.pushed] : [id], tx);
}

/** Consumes what the response to a request uses up. @throws 400 */
export async function consumeRequest(appId: string, origin: Origin, interaction: Interaction | null): Promise<void> {
  if (interaction) await consumeInteraction(interaction);
  else if (origin.pushed) await consume(appId, [origin.pushed], db());
}
