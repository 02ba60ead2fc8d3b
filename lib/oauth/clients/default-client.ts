/** The first client of a new app, so that the app has both kinds of credentials from the start. */
import { type CreatedApp, createApp, type NewApp } from "../../apps/apps";
import { insertClient } from "./clients";
import { withDefaults } from "./inputs";

export interface CreatedAppWithClient extends CreatedApp {
  client_id: string;
  /** Shown once. */
  client_secret: string;
}

/**
 * Creates an app and its confidential client "Default client". The client gets its redirect URIs
 * later: the developer may not know them yet.
 */
export async function createAppWithClient(input: NewApp): Promise<CreatedAppWithClient> {
  const credentials = { client_id: "", client_secret: "" };
  const app = await createApp(input, async (tx, appId) => {
    const { row, secret } = await insertClient(tx, appId, withDefaults({ client_name: "Default client" }), input.by);
    credentials.client_id = row.id;
    credentials.client_secret = secret ?? "";
  });
  return { ...app, ...credentials };
}
