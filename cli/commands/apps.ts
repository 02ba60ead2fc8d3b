import { z } from "zod";
import { APP_NAME_LENGTH } from "@/lib/apps/apps";
import { BOT_CHECK_SECRET_LENGTH } from "@/lib/apps/bot-check-secret";
import { AppSettings } from "@/lib/apps/settings";
import { listApps, updateApp } from "@/lib/apps/update";
import { parseInput, text } from "@/lib/input";
import { createAppWithClient } from "@/lib/oauth/clients/default-client";
import { getDeveloper } from "@/lib/users/developers";
import { Email } from "@/lib/users/inputs";
import { type Command, UsageError } from "../command";
import { APP_FLAG } from "../flags";

const AppName = text(APP_NAME_LENGTH);
const BotCheckSecret = z.object({ secret: text(BOT_CHECK_SECRET_LENGTH, 0) });
const NewApp = z.object({ owner: Email, name: AppName });

export const appsCreate: Command = {
  name: "apps create",
  help: "Create an app with its issuer, signing keys, an API key and a default client (secrets are shown once)",
  flags: {
    owner: { value: "EMAIL", required: true, help: "the email address of a developer" },
    name: { value: "NAME", required: true, help: "the name that users see" },
  },
  run: async (flags) => {
    const input = parseInput(NewApp, { owner: flags.text("owner"), name: flags.text("name") });
    const owner = await getDeveloper(input.owner);
    return createAppWithClient({ ownerId: owner.id, name: input.name, by: { type: "operator" } });
  },
};

export const appsList: Command = {
  name: "apps list",
  help: "List all apps, or the apps of one developer",
  flags: { owner: { value: "EMAIL", help: "the email address of a developer" } },
  columns: ["app_id", "name", "owners", "created_at", "disabled"],
  run: async (flags) => {
    const owner = flags.optional("owner");
    const developer = owner && (await getDeveloper(parseInput(z.object({ owner: Email }), { owner }).owner));
    return { apps: await listApps(developer ? developer.id : undefined) };
  },
};

/** The text of a setting with a list of values, one of which may be `off`. */
function isChoice(key: string): boolean {
  const schema = (AppSettings.shape as Record<string, z.ZodType>)[key];
  return (schema instanceof z.ZodDefault ? schema.unwrap() : schema) instanceof z.ZodEnum;
}

function parseValue(raw: string): unknown {
  if (raw === "on" || raw === "off") return raw === "on";
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/**
 * Parses `methods.password=off`, `registration=off`, `direct_token_ttl_seconds=60` or
 * `allowed_email_domains=["example.com"]`.
 */
function parseSetting(assignment: string): Record<string, unknown> {
  const [, path = "", raw = ""] = /^([a-z_.]+)=(.*)$/s.exec(assignment) ?? [];
  if (!path) throw new UsageError(`--setting must have the form KEY=VALUE, not "${assignment}".`);
  const [key = "", nested] = path.split(".");
  const value = isChoice(key) ? raw : parseValue(raw);
  return Object.fromEntries([[key, nested ? Object.fromEntries([[nested, value]]) : value]]);
}

function mergeSettings(parts: Record<string, unknown>[]): Record<string, unknown> {
  // Without a prototype, so that no key has a special meaning.
  const settings: Record<string, unknown> = Object.create(null);
  for (const part of parts) {
    for (const [key, value] of Object.entries(part)) {
      const both = typeof value === "object" && value !== null && !Array.isArray(value);
      settings[key] = both ? { ...(settings[key] as object), ...value } : value;
    }
  }
  return settings;
}

export const appsUpdate: Command = {
  name: "apps update",
  help: "Update the name, return URLs or settings of an app. New return URLs replace all existing ones",
  flags: {
    app: APP_FLAG,
    name: { value: "NAME", help: "the name that users see" },
    "return-url": {
      value: "URL",
      multiple: true,
      help: "a URL that magic links and social sign-in may redirect to",
    },
    "bot-check-secret": { value: "SECRET", help: "the secret of Turnstile or hCaptcha; empty to delete it" },
    setting: {
      value: "KEY=VALUE",
      multiple: true,
      help: 'e.g. signups=closed, methods.magic_link=off or \'mfa_methods=["totp","email"]\'',
      field: "*",
    },
  },
  run: async (flags) => {
    const name = flags.optional("name");
    const secret = flags.optional("bot-check-secret");
    const urls = flags.list("return-url");
    const settings = mergeSettings(flags.list("setting").map(parseSetting));
    if (urls.length > 0) settings.return_urls = urls;
    if (name !== undefined) parseInput(z.object({ name: AppName }), { name });
    else if (Object.keys(settings).length === 0 && secret === undefined)
      throw new UsageError("Nothing to update. Pass --name, --return-url, --setting or --bot-check-secret.");
    const bot_check_secret = secret === undefined ? undefined : parseInput(BotCheckSecret, { secret }).secret || null;
    return updateApp(flags.text("app"), { name, settings, bot_check_secret }, { type: "operator" });
  },
};

export const commands: Command[] = [appsCreate, appsList, appsUpdate];
