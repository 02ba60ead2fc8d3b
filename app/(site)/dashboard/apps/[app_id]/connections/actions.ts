"use server";

import { redirect } from "next/navigation";
import { action, member } from "@/app/_server/action";
import { bindBrowser } from "@/app/_server/browser-cookie";
import { createConnection, deleteConnection, getConnection, updateConnection } from "@/lib/social/connections";
import { startSocial } from "@/lib/social/flow";
import { appPath, revalidateApp } from "../app-paths";
import { ConnectionForm, ConnectionName, NewConnectionForm } from "./inputs";

export const createConnectionAction = action({
  guard: member("admin"),
  input: NewConnectionForm,
  run: async ({ app, input, by }) => {
    const { connection } = await createConnection(app, input, by);
    revalidateApp(app.id);
    redirect(appPath(app.id, `/connections/${connection}`));
  },
});

export const updateConnectionAction = action({
  guard: member("admin"),
  input: ConnectionForm,
  run: async ({ app, input: { name, provider: _, ...changes }, by }) => {
    await updateConnection(app, name, changes, by);
    revalidateApp(app.id);
  },
});

export const deleteConnectionAction = action({
  guard: member("admin"),
  input: ConnectionName,
  run: async ({ app, input, by }) => {
    await deleteConnection(app.id, input.name, by);
    revalidateApp(app.id);
  },
});

/** → the URL of the provider. Only this developer sees the result. */
export const testConnectionAction = action({
  guard: member("admin"),
  input: ConnectionName,
  run: async ({ app, developer, input }) => {
    const connection = await getConnection(app.id, input.name);
    const browserSecret = await bindBrowser(app.id);
    const goal = { type: "test", developerId: developer.userId } as const;
    return { url: (await startSocial(app, connection, { browserSecret, goal })).href };
  },
});
