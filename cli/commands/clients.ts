import { getApp } from "@/lib/apps/apps";
import { MAX_PAGE_SIZE } from "@/lib/database/pagination";
import { parseInput } from "@/lib/input";
import {
  createClient,
  deleteClient,
  getClient,
  listClients,
  rotateClientSecret,
  serializeClient,
  updateClient,
} from "@/lib/oauth/clients/clients";
import { CreateClientBody, UpdateClientBody } from "@/lib/oauth/clients/inputs";
import { type Command, type Flag, UsageError } from "../command";
import { APP_FLAG } from "../flags";
import { CLIENT_FLAGS, readClientSettings } from "./client-settings";

const CLIENT_FLAG: Flag = { value: "CLIENT_ID", required: true, help: "the client ID, as `clients list` shows it" };
const NAME: Flag = { value: "NAME", help: "the name on the consent page", field: "client_name", also: ["client-name"] };
const BY = { type: "operator" } as const;

export const clientsCreate: Command = {
  name: "clients create",
  help: "Create an OAuth client (its secret is shown once)",
  flags: { app: APP_FLAG, ...CLIENT_FLAGS, name: { ...NAME, required: true } },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return createClient(app.id, parseInput(CreateClientBody, readClientSettings(flags)), BY);
  },
};

export const clientsUpdate: Command = {
  name: "clients update",
  help: 'Change settings of an OAuth client. A list replaces the previous one, and an empty value ("") clears a setting',
  flags: { app: APP_FLAG, client: CLIENT_FLAG, ...CLIENT_FLAGS },
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    const { public: isPublic, ...settings } = readClientSettings(flags);
    const client = await getClient(app.id, flags.text("client"));
    if (isPublic !== undefined && isPublic !== client.public)
      throw new UsageError("--public can't be changed. Create another client.");
    if (isPublic === undefined && Object.keys(settings).length === 0)
      throw new UsageError("Name at least one setting to change, for example --pkce required.");
    return updateClient(app.id, client.id, parseInput(UpdateClientBody, settings), BY);
  },
};

export const clientsList: Command = {
  name: "clients list",
  help: "List the OAuth clients of an app",
  flags: { app: APP_FLAG, cursor: { value: "CURSOR", help: "the next_cursor of the previous page" } },
  columns: ["client_id", "client_name", "public", "grant_types", "created_at"],
  run: async (flags) => {
    const app = await getApp(flags.text("app"));
    return listClients(app.id, { limit: MAX_PAGE_SIZE, cursor: flags.optional("cursor") });
  },
};

export const clientsShow: Command = {
  name: "clients show",
  help: "Show an OAuth client",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: async (flags) => serializeClient(await getClient(flags.text("app"), flags.text("client"))),
};

export const clientsDelete: Command = {
  name: "clients delete",
  help: "Delete an OAuth client and revoke its tokens",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: async (flags) => {
    await deleteClient(flags.text("app"), flags.text("client"), BY);
    return { client_id: flags.text("client"), deleted: true };
  },
};

export const clientsRotateSecret: Command = {
  name: "clients rotate-secret",
  help: "Create a new client secret (shown once). The previous one stays valid until the next rotation",
  flags: { app: APP_FLAG, client: CLIENT_FLAG },
  run: (flags) => rotateClientSecret(flags.text("app"), flags.text("client"), BY),
};

export const commands: Command[] = [
  clientsCreate,
  clientsList,
  clientsShow,
  clientsUpdate,
  clientsRotateSecret,
  clientsDelete,
];
