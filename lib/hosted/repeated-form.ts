/**
 * Repeated submissions of forms that work once: a double click, or a reload while the response is
 * on its way. Within 30 seconds, the same form with the same answer from the same browser gets the
 * first result. For another browser or another answer, the form is used up.
 */
import type { App } from "../apps/apps";
import { cookieReader } from "../cookies";
import { fail } from "../errors";
import { runOnce } from "../http/idempotency";
import type { HttpRequest } from "../http/request";
import { textResponse } from "../http/text-response";
import { readBrowserSecret } from "../oauth/authorize/interaction";
import type { FormInput } from "./form-route";

const RETENTION_SECONDS = 30;
/** Longer than a busy server takes for a form. */
const WAIT_MS = 15_000;

const REPETITION = {
  retentionSeconds: RETENTION_SECONDS,
  waitMs: WAIT_MS,
  failInProgress(): never {
    const description = "Foyer is still working on this form. Wait a moment, then reload the page.";
    fail(503, "temporarily_unavailable", description, { headers: { "Retry-After": "5" } });
  },
};

interface Submission {
  app: App;
  request: HttpRequest;
  /** The submitted fields. */
  answer: unknown;
}

/** Responses of rejected submissions: the form may be corrected, or sent again as it is. */
const rejected = new WeakSet<Response>();

export function asRejected(response: Response): Response {
  rejected.add(response);
  return response;
}

class Rejection extends Error {
  constructor(readonly response: Response) {
    super("the form was rejected");
  }
}

interface Result {
  headers: [string, string][];
  text: string;
}

async function toResult(response: Response): Promise<{ status: number; body: Result }> {
  if (rejected.has(response)) throw new Rejection(response);
  const headers = [...response.headers].filter(([name]) => name !== "set-cookie");
  const cookies = response.headers.getSetCookie().map((cookie): [string, string] => ["set-cookie", cookie]);
  return { status: response.status, body: { headers: [...headers, ...cookies], text: await response.text() } };
}

function toResponse({ status, body }: { status: number; body: unknown }): Response {
  const { headers, text } = body as Result;
  const response = textResponse(text === "" ? null : text, { status });
  for (const [name, value] of headers) response.headers.append(name, value);
  return response;
}

/**
 * Runs a submission once. The key contains the browser's secret, and only a hash of it is stored,
 * so that the stored result can't be requested without this browser's cookie.
 */
export async function submitOnce(
  { app, request, answer }: Submission,
  run: () => Promise<Response>,
): Promise<Response> {
  const browser = readBrowserSecret(app.id, cookieReader(request));
  // Without the cookie there is no way to tell a repetition from another browser.
  if (!browser) return run();
  const key = JSON.stringify([new URL(request.url).pathname, browser, answer]);
  try {
    return toResponse(await runOnce({ appId: app.id, key, body: "" }, async () => toResult(await run()), REPETITION));
  } catch (thrown) {
    if (thrown instanceof Rejection) return thrown.response;
    throw thrown;
  }
}

/**
 * A form that works once. `boundTo` names what a repetition must also have in common with the
 * first submission.
 */
export function singleUse(
  run: (input: FormInput) => Promise<Response>,
  boundTo: (input: FormInput) => string | undefined = () => undefined,
): (input: FormInput) => Promise<Response> {
  return (input) => {
    const { app, request, form } = input;
    const answer = [form.names().map((name) => [name, form.all(name)]), boundTo(input)];
    return submitOnce({ app, request, answer }, () => run(input));
  };
}
