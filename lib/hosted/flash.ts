/** A sentence for the page that a form leads to, carried by a cookie for a few seconds: how it went. */
import type { App } from "../apps/apps";
import { hostCookieName, writeCookie } from "../cookies";
import { toAppError } from "../http/respond";
import { shortAppId } from "../ids";
import type { Parameters } from "../oauth/parameters";
import { redirect } from "./client-response";
import type { FormInput } from "./form-route";

const SECONDS = 20;

export interface Flash {
  ok: boolean;
  message: string;
  fields?: Record<string, string>;
  /** What goes back into the form. */
  typed?: { email?: string; name?: string };
}

/** The cookie goes to every page of the App, and the browser may be at another one by then. */
interface SentFlash extends Flash {
  page: string;
}

export function flashCookieName(appId: string): string {
  return hostCookieName(`foyer-flash-${shortAppId(appId)}`);
}

/** To a page that says how it went. */
export function redirectToTell(app: App, page: string, flash: Flash): Response {
  const sent: SentFlash = { ...flash, page: page.replace(/\?.*/, "") };
  const value = Buffer.from(JSON.stringify(sent)).toString("base64url");
  return redirect(page, [writeCookie(flashCookieName(app.id), value, SECONDS)]);
}

/** null for anything that we did not write. */
export function readFlash(value: string | undefined): SentFlash | null {
  try {
    const flash = JSON.parse(Buffer.from(value ?? "", "base64url").toString("utf8"));
    return typeof flash?.message === "string" && typeof flash.ok === "boolean" ? flash : null;
  } catch {
    return null;
  }
}

/** Never a password; and no more than a cookie holds. */
function typedIn(form: Parameters): Flash["typed"] {
  const read = (name: string) => form.get(name)?.slice(0, 320);
  return { email: read("email"), name: read("name") };
}

/**
 * Does what a form asks, then shows `page` with the sentence that comes of it, or with what was wrong. An answer of its own is given as it is, and
 * what is not the person's to mend stays an error.
 */
export async function redirectWithFlash(
  { app, form }: Pick<FormInput, "app" | "form">,
  page: string,
  work: () => Promise<string | Response>,
): Promise<Response> {
  try {
    const done = await work();
    return typeof done === "string" ? redirectToTell(app, page, { ok: true, message: done }) : done;
  } catch (thrown) {
    const { status, description: message, options } = toAppError(thrown);
    if (status >= 500) throw thrown;
    return redirectToTell(app, page, { ok: false, message, fields: options.fields, typed: typedIn(form) });
  }
}
