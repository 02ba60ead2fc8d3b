"use server";

import { action, member } from "@/app/_server/action";
import { updateApp } from "@/lib/apps/update";
import { failInput, isAppError } from "@/lib/errors";
import { createResource } from "@/lib/oauth/resources/resources";
import { revalidateApp } from "../app-paths";
import { ServerForm, SwitchForm } from "./inputs";

export const switchMcpAction = action({
  guard: member("admin"),
  input: SwitchForm,
  run: async ({ app, input, by }) => {
    await updateApp(app.id, { settings: input.mcp }, by);
    revalidateApp(app.id);
  },
});

/** Registers the resource of an MCP server, whose identifier is the server's URL. */
export const addServerAction = action({
  guard: member("admin"),
  input: ServerForm,
  run: async ({ app, input: { url }, by }) => {
    const name = `MCP server at ${new URL(url).host}`.slice(0, 200);
    await createResource(app, { identifier: url, name }, by).catch((error) => {
      if (!isAppError(error)) throw error;
      if (error.code === "resource_exists") failInput({ url: "is already registered" });
      const { identifier } = error.options.fields ?? {};
      return identifier ? failInput({ url: identifier }) : Promise.reject(error);
    });
    revalidateApp(app.id);
  },
});
