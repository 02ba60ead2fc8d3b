/** Tokens of Cloudflare Turnstile and hCaptcha, verified by their siteverify endpoints. */
import { z } from "zod";
import type { App } from "../apps/apps";
import { openBotCheckSecret } from "../apps/bot-check-secret";
import { nowMs } from "../clock";
import { env } from "../env";
import { isOutboundError, outboundFetch } from "../outbound";
import { requestContext } from "../request-context";
import type { CheckPage } from "./forms";
import type { Verdict } from "./verdict";

export type SiteverifyProvider = "turnstile" | "hcaptcha";

export const SITEVERIFY: Record<SiteverifyProvider, { url: string }> = {
  turnstile: { url: "https://challenges.cloudflare.com/turnstile/v0/siteverify" },
  hcaptcha: { url: "https://api.hcaptcha.com/siteverify" },
};

const TIMEOUT_MS = 5000;
const MAX_BYTES = 64 * 1024;
/** Tokens of Turnstile expire after 5 minutes, those of hCaptcha after 2. */
const TOKEN_SECONDS = 600;

/** Codes that blame the app's configuration or the provider, not the user. */
const NOT_THE_USER = ["missing-input-secret", "invalid-input-secret", "bad-request", "internal-error"];

const Answer = z.object({
  success: z.boolean(),
  hostname: z.string().nullish(),
  /** Turnstile: what the widget was rendered for. */
  action: z.string().nullish(),
  "error-codes": z.array(z.string()).default([]),
});

type Answer = z.infer<typeof Answer>;

async function ask(app: App, provider: SiteverifyProvider, secret: string, token: string): Promise<Answer> {
  const { ip } = requestContext() ?? {};
  const body = new URLSearchParams({ secret, response: token, ...(ip && { remoteip: ip }) });
  // hCaptcha also compares the site key, Turnstile has one secret per site key.
  if (provider === "hcaptcha") body.set("sitekey", app.settings.bot_check_site_key ?? "");
  const response = await outboundFetch(SITEVERIFY[provider].url, {
    method: "POST",
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    maxBytes: MAX_BYTES,
  });
  return Answer.parse(JSON.parse(await response.text()));
}

/**
 * Whether the token was made on another page. The providers' test keys name hosts of their own, so
 * an installation for development doesn't compare.
 */
export function isForeign({ hostname, action }: Answer, page: CheckPage): boolean {
  if (env().allowLoopback) return false;
  const known = hostname && hostname !== "not-provided";
  if (known && hostname.toLowerCase() !== new URL(env().PUBLIC_URL).hostname) return true;
  return Boolean(action) && action !== page;
}

function unavailable(reason: string, description: string): Verdict {
  return { outcome: "unavailable", reason, description };
}

export async function verifyBySite(
  app: App,
  provider: SiteverifyProvider,
  page: CheckPage,
  token: string,
): Promise<Verdict> {
  let answer: Answer;
  try {
    const secret = await openBotCheckSecret(app.id);
    if (!secret) return unavailable("not_configured", "The app has no secret for the bot check.");
    answer = await ask(app, provider, secret, token);
  } catch (error) {
    const reason = isOutboundError(error) ? error.reason : "unexpected_response";
    return unavailable(reason, error instanceof Error ? error.message.slice(0, 300) : String(error));
  }
  const [code = "rejected"] = answer["error-codes"].map((one) => one.slice(0, 60));
  if (!answer.success && NOT_THE_USER.includes(code)) return unavailable(code, "The provider rejected the request.");
  if (!answer.success) return { outcome: "failed", reason: code };
  if (isForeign(answer, page)) return { outcome: "failed", reason: "another_page" };
  return { outcome: "passed", id: token, expiresAt: new Date(nowMs() + TOKEN_SECONDS * 1000) };
}
