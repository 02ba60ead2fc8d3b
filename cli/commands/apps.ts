import { z } from "zod";
import { APP_NAME_LENGTH, createApp } from "@/lib/apps/apps";
import { listApps, updateApp } from "@/lib/apps/update";
import { parseInput, text } from "@/lib/input";
import { getDeveloper } from "@/lib/users/developers";
import { Email } from "@/lib/users/inputs";
import { type Command, type Flag, UsageError } from "../parse";

const AppName = text(APP_NAME_LENGTH);
const NewApp = z.object({ owner: Email, name: AppName });

export const APP_FLAG: Flag = { value: "A", required: true, help: "the App's id, as `apps list` shows it" };

export const appsCreate: Command = {
  name: "apps create",
  help: "makes an App with its issuer, signing keys and a first API key (shown once)",
  flags: {
    owner: { value: "E", required: true, help: "the e-mail address of a developer" },
    name: { value: "N", required: true, help: "what its users see" },
  },
  run: async (flags) => {
    const input = parseInput(NewApp, { owner: flags.text("owner"), name: flags.text("name") });
    const owner = await getDeveloper(input.owner);
    return createApp({ ownerId: owner.id, name: input.name, by: { type: "operator" } });
  },
};

export const appsList: Command = {
  name: "apps list",
  help: "lists the Apps, of one developer or of all",
  flags: { owner: { value: "E", help: "the e-mail address of a developer" } },
  run: async (flags) => {
    const owner = flags.optional("owner");
    const developer = owner && (await getDeveloper(parseInput(z.object({ owner: Email }), { owner }).owner));
    return { apps: await listApps(developer ? developer.id : undefined) };
  },
};

function parseValue(raw: string): unknown {
  if (raw === "on" || raw === "off") return raw === "on";
  try {
    return JSON.parse(raw);
  } catch {
    return raw;
  }
}

/** `methods.password=off`, `direct_token_ttl_seconds=60`, `allowed_email_domains=["example.com"]` → a part of the settings. */
function parseSetting(assignment: string): Record<string, unknown> {
  const [, path = "", raw = ""] = /^([a-z_.]+)=(.*)$/s.exec(assignment) ?? [];
  if (!path) throw new UsageError(`--setting takes KEY=VALUE, not "${assignment}".`);
  const [key = "", nested] = path.split(".");
  const value = parseValue(raw);
  return Object.fromEntries([[key, nested ? Object.fromEntries([[nested, value]]) : value]]);
}

function mergeSettings(parts: Record<string, unknown>[]): Record<string, unknown> {
  // Without a prototype, so that no key is special.
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
  help: "changes an App's name, return URLs (the given ones replace the old) or settings",
  flags: {
    app: APP_FLAG,
    name: { value: "N", help: "what its users see" },
    "return-url": { value: "U", multiple: true, help: "where magic links and social sign-in may lead back to" },
    setting: { value: "KEY=VALUE", multiple: true, help: "e.g. signups=closed or methods.magic_link=off" },
  },
  run: async (flags) => {
    const name = flags.optional("name");
    const urls = flags.list("return-url");
    const settings = mergeSettings(flags.list("setting").map(parseSetting));
    if (urls.length > 0) settings.return_urls = urls;
    if (name !== undefined) parseInput(z.object({ name: AppName }), { name });
    else if (Object.keys(settings).length === 0)
      throw new UsageError("Say what to change: --name, --return-url or --setting.");
    return updateApp(flags.text("app"), { name, settings }, { type: "operator" });
  },
};
