import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import { CreateScopeBody, createScope, deleteScope, listScopes } from "@/lib/oauth/scopes/scopes";
import type { Command } from "../command";
import { APP_FLAG } from "../flags";

export const scopesCreate: Command = {
  name: "scopes create",
  help: "Create a scope that clients can request",
  flags: {
    app: APP_FLAG,
    name: { value: "SCOPE", required: true, help: "e.g. photos:read" },
    description: { value: "TEXT", required: true, help: "the description on the consent page, e.g. See your photos" },
    sensitive: { help: "highlight the scope on the consent page" },
    optional: { help: "let users decline the scope" },
  },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const scope = {
      name: flags.text("name"),
      description: flags.text("description"),
      sensitive: flags.on("sensitive"),
      optional: flags.on("optional"),
    };
    return createScope(app.id, parseInput(CreateScopeBody, scope), { type: "operator" });
  },
};

export const scopesList: Command = {
  name: "scopes list",
  help: "List the scopes of an app",
  flags: { app: APP_FLAG },
  columns: ["name", "description", "sensitive", "optional"],
  run: async (flags) => ({ scopes: [...(await listScopes((await getApp(flags.text("app"))).id)).values()] }),
};

export const scopesDelete: Command = {
  name: "scopes delete",
  help: "Delete a scope, also from clients and consents",
  flags: { app: APP_FLAG, name: { value: "SCOPE", required: true, help: "e.g. photos:read" } },
  run: async (flags) => {
    await deleteScope(flags.text("app"), flags.text("name"), { type: "operator" });
    return { name: flags.text("name"), deleted: true };
  },
};

export const commands: Command[] = [scopesCreate, scopesList, scopesDelete];
