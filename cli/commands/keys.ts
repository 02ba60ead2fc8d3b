import { CreateKeyBody, createApiKey, listApiKeys, revokeApiKey } from "@/lib/apps/api-keys";
import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import type { Command } from "../command";
import { APP_FLAG } from "../flags";

export const keysCreate: Command = {
  name: "keys create",
  help: "Create an API key (shown once)",
  flags: { app: APP_FLAG, name: { value: "NAME", required: true, help: "a label to recognize the key" } },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return createApiKey(app.id, parseInput(CreateKeyBody, { name: flags.text("name") }).name, { type: "operator" });
  },
};

export const keysList: Command = {
  name: "keys list",
  help: "List the API keys of an app, without the keys themselves",
  flags: { app: APP_FLAG },
  columns: ["key_id", "name", "prefix", "created_at", "last_used_at", "revoked_at"],
  run: async (flags) => ({ keys: await listApiKeys((await getApp(flags.text("app"))).id) }),
};

export const keysRevoke: Command = {
  name: "keys revoke",
  help: "Revoke an API key. Requests that use it are rejected immediately",
  flags: { app: APP_FLAG, key: { value: "KEY_ID", required: true, help: "the key ID, as `keys list` shows it" } },
  run: async (flags) => {
    await revokeApiKey(flags.text("app"), flags.text("key"), { type: "operator" });
    return { key_id: flags.text("key"), revoked: true };
  },
};

export const commands: Command[] = [keysCreate, keysList, keysRevoke];
