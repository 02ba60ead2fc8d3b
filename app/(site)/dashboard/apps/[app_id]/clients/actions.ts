"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { fail } from "@/lib/errors";
import { text } from "@/lib/input";
import { MAX_CLIENT_ID_LENGTH } from "@/lib/oauth/client-documents/document-url";
import {
  type Client,
  changeClient,
  createClient,
  deleteClient,
  getClient,
  rotateClientSecret,
} from "@/lib/oauth/clients/clients";
import type { UpdateClientInput } from "@/lib/oauth/clients/inputs";
import { revokeClientSecret } from "@/lib/oauth/clients/secrets";
import { revalidateApp } from "../app-paths";
import { valuesOf, withListErrors } from "./form-lists";
import { NewClientForm, SettingsForm } from "./inputs";
import { ownerOf } from "./owners";
import { snippetsOf } from "./snippets/list";
import { typeOf } from "./types";
import { versionOf } from "./version";

const admin = member("admin");
const ClientId = z.object({ client_id: text(MAX_CLIENT_ID_LENGTH) });

export const createClientAction = action({
  guard: admin,
  input: NewClientForm,
  run: async ({ app, input: { owner, type, redirect_uris, ...said }, by }) => {
    const values = { ...said, redirect_uris: redirect_uris.values, ...typeOf(type)?.input, ...ownerOf(owner)?.input };
    const created = await withListErrors({ redirect_uris }, createClient(app.id, values, by));
    const { client_id, client_secret = null } = created as { client_id: string; client_secret?: string };
    revalidateApp(app.id);
    const snippets = snippetsOf(app.issuer, await getClient(app.id, client_id));
    return { clientId: client_id, clientSecret: client_secret, snippets };
  },
});

export const saveSettingsAction = action({
  guard: admin,
  input: ClientId.extend({ version: text(60) }).and(SettingsForm),
  run: async ({ app, input: { client_id, version, lists, ...values }, by }) => {
    const settings = { ...values, ...valuesOf(lists) } as UpdateClientInput;
    const change = (before: Client) => (versionOf(before) === version ? settings : failChanged());
    await withListErrors(lists, changeClient(app.id, client_id, change, by));
    revalidateApp(app.id);
  },
});

function failChanged(): never {
  fail(409, "changed", "The settings were changed meanwhile. Reload the page, then make your changes again.");
}

export const rotateSecretAction = action({
  guard: admin,
  input: ClientId,
  run: async ({ app, input, by }) => {
    const { client_secret } = await rotateClientSecret(app.id, input.client_id, by);
    revalidateApp(app.id);
    return { clientSecret: client_secret };
  },
});

export const revokeSecretAction = action({
  guard: admin,
  input: ClientId.extend({ secret_id: text(80) }),
  run: async ({ app, input, by }) => {
    await revokeClientSecret(app.id, input.client_id, input.secret_id, by);
    revalidateApp(app.id);
  },
});

export const deleteClientAction = action({
  guard: admin,
  input: ClientId,
  // No revalidation: the current page no longer exists, and the dialog redirects to the list.
  run: async ({ app, input, by }) => deleteClient(app.id, input.client_id, by),
});
