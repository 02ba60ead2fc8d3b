"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { env } from "@/lib/env";
import { createClient, listClients, rotateClientSecret, updateClient } from "@/lib/oauth/clients/clients";
import { listScopes } from "@/lib/oauth/scopes/scopes";
import { appPath, revalidateApp } from "../app-paths";
import { PLAYGROUND_CLIENT } from "./client-name";
import { DEVICE_CODE, TOKEN_EXCHANGE } from "./steps";

const GRANTS = ["authorization_code", "refresh_token", DEVICE_CODE, TOKEN_EXCHANGE] as const;

/** Creates the playground's client with all scopes, or rotates the secret of the existing one. */
export const preparePlaygroundAction = action({
  guard: member("admin"),
  input: z.object({}),
  run: async ({ app, by }) => {
    const redirectUri = `${env().PUBLIC_URL}${appPath(app.id, "/playground")}`;
    const scopes = [...(await listScopes(app.id)).keys()];
    const { data } = await listClients(app.id, {
      q: PLAYGROUND_CLIENT,
      limit: 100,
      // Never one that registered itself under this name: it would get all scopes.
      source: "console",
    });
    const existing = data.find((client) => client.redirect_uris.includes(redirectUri) && !client.public);
    if (existing) {
      await updateClient(app.id, existing.client_id, { scopes, grant_types: [...GRANTS] }, by);
      const { client_secret } = await rotateClientSecret(app.id, existing.client_id, by);
      return { clientId: existing.client_id, clientSecret: client_secret, scopes };
    }
    const input = { client_name: PLAYGROUND_CLIENT, redirect_uris: [redirectUri], grant_types: [...GRANTS], scopes };
    const created = (await createClient(app.id, input, by)) as { client_id: string; client_secret?: string };
    revalidateApp(app.id);
    return { clientId: created.client_id, clientSecret: created.client_secret ?? "", scopes };
  },
});
