/**
 * The bot check of the hosted pages and the dashboard's own pages. Every covered form calls
 * `requireBotCheck` before its operation.
 */
import type { App } from "../apps/apps";
import { ANONYMOUS_USER, countEvent, recordRejection } from "../audit/events";
import { fail } from "../errors";
import { limitBotChecks } from "../limits/bot-check";
import { hasFailedSignIns } from "../limits/sign-in";
import { log } from "../log";
import { useOnce as isFirstUse } from "../one-time/used-tokens";
import type { EmailAddress } from "../users/email";
import { verifyAltcha } from "./altcha";
import { type CheckedFormName, checkedForm } from "./forms";
import { verifyBySite } from "./siteverify";
import type { Verdict } from "./verdict";

/** Longer than a token of any provider (Turnstile: 2048 characters). */
const MAX_TOKEN = 8192;

export const BOT_CHECK_FAILED = "Confirm that you’re not a robot, then try again.";

/** Whether a form needs the check now. Sign-in does after failures of the account or IP address. */
export async function needsBotCheck(app: App, form: CheckedFormName, email?: EmailAddress | null): Promise<boolean> {
  if (app.settings.bot_check === "off") return false;
  if (!checkedForm(form).onlyAfterFailures) return true;
  return hasFailedSignIns(app.id, email?.canonical);
}

async function verify(app: App, form: CheckedFormName, token: string | undefined): Promise<Verdict> {
  const { bot_check: provider } = app.settings;
  const { page } = checkedForm(form);
  if (!token) return { outcome: "failed", reason: "missing" };
  if (token.length > MAX_TOKEN) return { outcome: "failed", reason: "malformed" };
  if (provider === "altcha") return verifyAltcha(app.id, page, token);
  return provider === "off" ? { outcome: "failed", reason: "off" } : verifyBySite(app, provider, page, token);
}

/** The form continues: an outage of the provider must not lock all users out. */
async function noteOutage(app: App, form: string, { reason, description }: Verdict & { outcome: "unavailable" }) {
  const provider = app.settings.bot_check;
  log().warn({ reason, app: app.id, provider }, `a bot check wasn't made: ${description}`);
  await countEvent(app.id, {
    type: "bot_check.unavailable",
    outcome: "failure",
    actor: { type: "system" },
    reason,
    explanation: { description, provider, form, fix: "Check the site key and the secret of the bot check." },
  });
}

/** Why the check failed, or null. */
async function problemOf(app: App, form: CheckedFormName, token: string | undefined): Promise<string | null> {
  const verdict = await verify(app, form, token);
  if (verdict.outcome === "failed") return verdict.reason;
  if (verdict.outcome === "unavailable") await noteOutage(app, form, verdict);
  else if (!(await isFirstUse(app.id, "bot_check", verdict.id, verdict.expiresAt))) return "reused";
  return null;
}

/**
 * @param token the value of the form's field `bot_check`
 * @param email of the account that a sign-in is for
 * @throws 400 `bot_check_failed`; 429
 */
export async function requireBotCheck(
  app: App,
  form: CheckedFormName,
  token: string | undefined,
  email?: EmailAddress,
): Promise<void> {
  if (!(await needsBotCheck(app, form, email))) return;
  const reason = await limitBotChecks(app.id, async () => {
    const value = await problemOf(app, form, token);
    return { success: value === null, value };
  });
  if (reason === null) return;
  const explanation = { provider: app.settings.bot_check, form };
  await recordRejection(app.id, { type: "bot_check.failed", actor: ANONYMOUS_USER, reason, explanation });
  fail(400, "bot_check_failed", BOT_CHECK_FAILED);
}
