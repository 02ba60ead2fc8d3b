/**
 * An authorization request that waits for its user: sign in, choose, consent. Bound to one browser by a cookie, so that nobody can walk
 * somebody else through a request of their own (RFC 9700 §4.7).
 */
import { now, secondsFromNow } from "../../clock";
import { hostCookieName } from "../../cookies";
import { equalBytes, randomSecret, sha256 } from "../../crypto/hash";
import { db, type Tx } from "../../database/client";
import { fail } from "../../errors";
import { newId, shortAppId } from "../../ids";
import type { Prompt } from "./request";

const TTL_SECONDS = 3600;

/** Until a release ago the prefix was `req`, which request IDs have too. Such interactions stay valid until they expire. */
const ID = /^(int|req)_[0-9a-z]{26}$/;

export interface Interaction {
  id: string;
  appId: string;
  /** null when somebody came for their own account page. */
  clientId: string | null;
  /** The request as it was sent, urlencoded. */
  query: string;
  createdAt: Date;
  promptsDone: Prompt[];
  /** What the form shows again: the error of the last attempt, the typed address. */
  form: InteractionForm;
}

/** The pages that show a form again. */
export type FormScreen = "signin" | "signup" | "magic-link";

export interface InteractionForm {
  /** Whose error it is; the other pages show what was typed, not what was wrong. */
  screen?: FormScreen;
  email?: string;
  name?: string;
  /** What is wrong with the whole form, in a sentence. */
  message?: string;
  /** What went well before this form, in a sentence. */
  notice?: string;
  /** Field → what is wrong with it. */
  fields?: Record<string, string>;
}

/** The cookie that knows this browser again; one per App. */
export function browserCookieName(appId: string): string {
  return hostCookieName(`foyer-browser-${shortAppId(appId)}`);
}

export function newBrowserSecret(): string {
  return randomSecret();
}

const ACCOUNT_PAGES = ["account", "account/delete"] as const;

export type AccountPage = (typeof ACCOUNT_PAGES)[number];

/** The page of the account that somebody wants a fresh sign-in for: such an interaction's query names it. */
export function reauthenticationPage(query: string): AccountPage | null {
  const again = new URLSearchParams(query).get("again");
  return ACCOUNT_PAGES.find((page) => page === again) ?? null;
}

export async function createInteraction(
  appId: string,
  clientId: string | null,
  query: string,
  browserSecret: string,
): Promise<string> {
  const id = newId("int");
  await db().authorizationRequest.create({
    data: {
      appId,
      id,
      clientId,
      kind: "query",
      parameters: { query },
      browserHash: sha256(browserSecret),
      createdAt: now(),
      expiresAt: secondsFromNow(TTL_SECONDS),
    },
    select: { id: true },
  });
  return id;
}

/** The pending interaction of this browser, or null: unknown, expired, answered and another browser's look the same. */
export async function findInteraction(
  appId: string,
  id: string | undefined,
  browserSecret: string | undefined,
): Promise<Interaction | null> {
  if (!id || !ID.test(id) || !browserSecret) return null;
  const row = await db().authorizationRequest.findUnique({
    where: { appId_id: { appId, id }, kind: "query", consumedAt: null, expiresAt: { gt: now() } },
  });
  if (!row?.browserHash || !equalBytes(row.browserHash, sha256(browserSecret))) return null;
  return {
    id,
    appId,
    clientId: row.clientId,
    query: (row.parameters as { query: string }).query,
    createdAt: row.createdAt,
    promptsDone: row.promptsDone as Prompt[],
    form: (row.form as InteractionForm | null) ?? {},
  };
}

export async function getInteraction(
  appId: string,
  id: string | undefined,
  browserSecret: string | undefined,
): Promise<Interaction> {
  const found = await findInteraction(appId, id, browserSecret);
  return (
    found ??
    fail(
      400,
      "interaction_ended",
      "This sign-in has ended: it was answered, took longer than an hour, or began in another browser. Go back to the app and start again.",
    )
  );
}

export async function saveForm(interaction: Interaction, form: InteractionForm): Promise<void> {
  await db().authorizationRequest.updateMany({
    where: { appId: interaction.appId, id: interaction.id },
    data: { form: form as object },
  });
}

async function setPromptsDone(interaction: Interaction, promptsDone: Prompt[]): Promise<Interaction> {
  await db().authorizationRequest.updateMany({
    where: { appId: interaction.appId, id: interaction.id },
    data: { promptsDone },
  });
  return { ...interaction, promptsDone };
}

export function markPromptDone(interaction: Interaction, prompt: Prompt): Promise<Interaction> {
  return setPromptsDone(interaction, [...new Set([...interaction.promptsDone, prompt])]);
}

/** Somebody has signed in: what was answered before may have been another user's answer. */
export function resetPrompts(interaction: Interaction): Promise<Interaction> {
  return setPromptsDone(interaction, []);
}

/** Answers it: true for one caller only. */
export async function consumeInteraction(interaction: Interaction, tx: Tx = db()): Promise<boolean> {
  const { count } = await tx.authorizationRequest.updateMany({
    where: { appId: interaction.appId, id: interaction.id, consumedAt: null },
    data: { consumedAt: now() },
  });
  return count === 1;
}
