/** A sentence for the next page, carried by a cookie for half a minute: how a form went. */
import type { App } from "../apps/apps";
import { env } from "../env";
import { shortAppId } from "../ids";
import { redirect } from "./client-response";
import { writeCookie } from "./cookies";
import { toAppError } from "./respond";

const SECONDS = 20;

export interface Flash {
  ok: boolean;
  message: string;
  fields?: Record<string, string>;
}

export function flashCookieName(appId: string): string {
  return `${env().https ? "__Host-" : ""}foyer-flash-${shortAppId(appId)}`;
}

export function flashCookie(app: App, flash: Flash): string {
  return writeCookie(flashCookieName(app.id), Buffer.from(JSON.stringify(flash)).toString("base64url"), SECONDS);
}

/** null for anything that we did not write. */
export function readFlash(value: string | undefined): Flash | null {
  try {
    const flash = JSON.parse(Buffer.from(value ?? "", "base64url").toString("utf8"));
    return typeof flash?.message === "string" && typeof flash.ok === "boolean" ? flash : null;
  } catch {
    return null;
  }
}

/**
 * Does what a form asks, then shows `page` with the sentence that comes of it, or with what was wrong. An answer of its own is given as it is, and
 * what is not the person's to mend stays an error.
 */
export async function redirectWithFlash(
  app: App,
  page: string,
  work: () => Promise<string | Response>,
): Promise<Response> {
  try {
    const done = await work();
    return typeof done === "string" ? redirect(page, [flashCookie(app, { ok: true, message: done })]) : done;
  } catch (thrown) {
    const { status, description: message, options } = toAppError(thrown);
    if (status >= 500) throw thrown;
    return redirect(page, [flashCookie(app, { ok: false, message, fields: options.fields })]);
  }
}
