/** Flash messages: the result of a form, carried to the next page by a cookie for a few seconds. */
import type { App } from "../apps/apps";
import { appCookieName, appCookiePath, writeCookie } from "../cookies";
import { redirect, toAppError } from "../http/respond";
import { shortAppId } from "../ids";
import type { Parameters } from "../oauth/parameters";
import type { FormInput } from "./form-route";
import { asRejected } from "./repeated-form";

const MAX_AGE_SECONDS = 20;

export interface Flash {
  ok: boolean;
  message: string;
  /** Field → what was wrong with it. */
  fields?: Record<string, string>;
  /** Which form it was, where a page can show several. */
  form?: string;
  /** Filled into the form again. */
  typed?: { email?: string; name?: string };
}

/** The browser sends the cookie to every page of the App, so it names its page. */
interface SentFlash extends Flash {
  page: string;
}

export function flashCookieName(appId: string): string {
  return appCookieName(`foyer-flash-${shortAppId(appId)}`);
}

export function redirectWithFlash(app: App, page: string, flash: Flash): Response {
  const sent: SentFlash = { ...flash, page: page.replace(/\?.*/, "") };
  const value = Buffer.from(JSON.stringify(sent)).toString("base64url");
  const options = { maxAgeSeconds: MAX_AGE_SECONDS, path: appCookiePath(app.id) };
  const response = redirect(page, [writeCookie(flashCookieName(app.id), value, options)]);
  return flash.ok ? response : asRejected(response);
}

/** null for a value that Foyer did not write. */
export function readFlash(value: string | undefined): SentFlash | null {
  try {
    const flash = JSON.parse(Buffer.from(value ?? "", "base64url").toString("utf8"));
    return typeof flash?.message === "string" && typeof flash.ok === "boolean" ? flash : null;
  } catch {
    return null;
  }
}

/** Never a password, and no more than fits into a cookie. */
function typedIn(form: Parameters): Flash["typed"] {
  const read = (name: string) => form.get(name)?.slice(0, 320);
  return { email: read("email"), name: read("name") };
}

/**
 * Runs a form's operation, then shows `page` with the message that it returns, or with its error.
 */
export async function respondWithFlash(
  { app, form }: Pick<FormInput, "app" | "form">,
  page: string,
  run: () => Promise<string | Response>,
): Promise<Response> {
  try {
    const result = await run();
    return typeof result === "string" ? redirectWithFlash(app, page, { ok: true, message: result }) : result;
  } catch (thrown) {
    const { status, description: message, options } = toAppError(thrown);
    if (status >= 500) throw thrown;
    return redirectWithFlash(app, page, { ok: false, message, fields: options.fields, typed: typedIn(form) });
  }
}
