/** Updates an app's name and settings. */
import { type Actor, recordEvent } from "../audit/events";
import { changedNames } from "../changes";
import { invalidate } from "../database/cache";
import { db, type Prisma, transaction } from "../database/client";
import { env } from "../env";
import { failInput, failNotFound } from "../errors";
import { TENANT_ZERO } from "../ids";
import { parseInput } from "../input";
import { unknownMembers } from "../unknown-members";
import type { App } from "./apps";
import { sealBotCheckSecret } from "./bot-check-secret";
import { requireUsablePasskeySite } from "./passkey-site";
import { AppSettings, returnUrlProblem } from "./settings";
import { requireSignInMethod } from "./sign-in-methods";

type Json = Record<string, unknown>;

const COLUMNS = { name: true, settings: true, botCheckSecret: true } as const;

/** Settings are nested one level: `methods` and `branding` are merged, lists are replaced. */
function merge(before: Json, patch: Json): Json {
  const merged: Json = { ...before };
  for (const [key, value] of Object.entries(patch)) {
    const nested = typeof value === "object" && value !== null && !Array.isArray(value);
    merged[key] = nested ? { ...(before[key] as Json | undefined), ...(value as Json) } : value;
  }
  return merged;
}

function requireUsableReturnUrls({ return_urls: urls }: AppSettings, before: Json): void {
  const kept = Array.isArray(before.return_urls) ? before.return_urls : [];
  urls.forEach((url, index) => {
    const problem = kept.includes(url) ? null : returnUrlProblem(url);
    if (problem) failInput({ [`return_urls.${index}`]: problem });
  });
}

/** A provider's check needs the site key and the secret of this provider. */
function requireBotCheckKeys(
  after: AppSettings,
  before: { provider: unknown; secret: string | null },
  secret: string | null | undefined,
): void {
  const provider = after.bot_check;
  if (provider !== "turnstile" && provider !== "hcaptcha") return;
  if (!after.bot_check_site_key) failInput({ bot_check_site_key: `is required for ${provider}` });
  const stored = provider === before.provider ? before.secret : null;
  if (!(secret === undefined ? stored : secret)) failInput({ bot_check_secret: `is required for ${provider}` });
}

export interface AppChanges {
  name?: string;
  /** Some of the settings. */
  settings?: Json;
  /** Of the provider of `settings.bot_check`. null deletes it. */
  bot_check_secret?: string | null;
}

/**
 * Returns the updated app.
 * @throws 400 that names an unknown setting or invalid value; 409 `no_sign_in_method`
 */
export async function updateApp(
  appId: string,
  changes: AppChanges,
  by: Actor,
): Promise<{ app_id: string; name: string; settings: AppSettings }> {
  const unknown = unknownMembers(AppSettings, changes.settings ?? {});
  if (Object.keys(unknown).length > 0) failInput(unknown);
  const updated = await transaction(async (tx) => {
    // Locks the app, so that two parallel updates don't overwrite each other.
    await tx.$queryRaw`SELECT 1 FROM "App" WHERE "id" = ${appId} FOR NO KEY UPDATE`;
    const before = await tx.app.findUnique({ where: { id: appId }, select: COLUMNS });
    if (!before) failNotFound("The app");
    const stored = before.settings as Json;
    const settings = parseInput(AppSettings, merge(stored, changes.settings ?? {}));
    requireUsableReturnUrls(settings, stored);
    if (changes.settings && ("passkey_rp_id" in changes.settings || "passkey_origins" in changes.settings))
      requireUsablePasskeySite(settings, new URL(env().PUBLIC_URL).hostname);
    const { bot_check_secret: secret } = changes;
    requireBotCheckKeys(settings, { provider: stored.bot_check, secret: before.botCheckSecret }, secret);
    const name = changes.name ?? before.name;
    const answer = { app_id: appId, name, settings };
    const changed = [
      ...changedNames({ name }, before),
      ...changedNames(settings, AppSettings.parse(stored)),
      ...(secret || (secret === null && before.botCheckSecret) ? ["bot_check_secret"] : []),
    ];
    if (changed.length === 0) return answer;
    await tx.app.update({
      where: { id: appId },
      data: {
        name,
        settings: settings as Prisma.InputJsonObject,
        ...(secret !== undefined && { botCheckSecret: secret && sealBotCheckSecret(appId, secret) }),
      },
      select: { id: true },
    });
    if (changes.settings && ("methods" in changes.settings || "passkeys" in changes.settings))
      await requireSignInMethod(tx, appId);
    // Browsers that skip the second factor don't skip it again if the setting returns.
    if (settings.mfa_remember_days === 0) await tx.rememberedDevice.deleteMany({ where: { appId } });
    await recordEvent(tx, appId, {
      type: "app.updated",
      actor: by,
      target: { type: "app", id: appId },
      explanation: { changed },
    });
    return answer;
  });
  invalidate(appId);
  return updated;
}

/** An app in API responses. */
export function appAnswer(app: App) {
  return { app_id: app.id, name: app.name, issuer: app.issuer, settings: app.settings };
}

/** Updates the app of an API key. Returns the updated app. */
export async function updateOwnApp(app: App, changes: AppChanges, by: Actor) {
  return appAnswer({ ...app, ...(await updateApp(app.id, changes, by)) });
}

/** The apps of a developer, or all apps, newest first. */
export async function listApps(developerId?: string) {
  const rows = await db().app.findMany({
    where: { id: { not: TENANT_ZERO }, ...(developerId && { members: { some: { userId: developerId } } }) },
    orderBy: { createdAt: "desc" },
    select: {
      id: true,
      name: true,
      issuer: true,
      createdAt: true,
      disabledAt: true,
      members: { where: { role: "owner" }, select: { user: { select: { email: true } } } },
    },
  });
  return rows.map((row) => ({
    app_id: row.id,
    name: row.name,
    issuer: row.issuer,
    owners: row.members.map((member) => member.user.email),
    created_at: row.createdAt.toISOString(),
    disabled: row.disabledAt !== null,
  }));
}
