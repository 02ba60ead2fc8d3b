import { getApp } from "@/lib/apps/apps";
import { parseInput } from "@/lib/input";
import { CreateScopeBody, createScope, deleteScope, listScopes } from "@/lib/oauth/scopes/scopes";
import type { Command } from "../parse";
import { APP_FLAG } from "./apps";

export const scopesCreate: Command = {
  name: "scopes create",
  help: "defines a scope that clients may ask for",
  flags: {
    app: APP_FLAG,
    name: { value: "S", required: true, help: "e.g. photos:read" },
    description: { value: "D", required: true, help: "the sentence that users read, e.g. See your photos" },
    sensitive: { help: "marked on the consent page" },
    optional: { help: "the user may untick it" },
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
  help: "lists the scopes of an App",
  flags: { app: APP_FLAG },
  run: async (flags) => ({ scopes: [...(await listScopes((await getApp(flags.text("app"))).id)).values()] }),
};

export const scopesDelete: Command = {
  name: "scopes delete",
  help: "removes a scope from the App, its clients and what users allowed them",
  flags: { app: APP_FLAG, name: { value: "S", required: true, help: "e.g. photos:read" } },
  run: async (flags) => {
    await deleteScope(flags.text("app"), flags.text("name"), { type: "operator" });
    return { name: flags.text("name"), deleted: true };
  },
};
