"use server";

import { z } from "zod";
import { action, member } from "@/app/_edge/action";
import type { App } from "@/lib/apps/apps";
import type { Actor } from "@/lib/audit/events";
import { text } from "@/lib/input";
import { createClient, deleteClient, rotateClientSecret, updateClient } from "@/lib/oauth/clients/clients";
import type { UpdateClientInput } from "@/lib/oauth/clients/inputs";
import { revokeClientSecret } from "@/lib/oauth/clients/secrets";
import { revalidateApp } from "../app-paths";
import { besideLines } from "./beside-lines";
import { AddressesForm, BasicsForm, LifetimesForm, NewClientForm, ScopesForm, SecurityForm } from "./inputs";
import { typeOf } from "./types";

const ClientId = z.object({ client_id: text(80) });

export const createClientAction = action({
  guard: member("admin"),
  input: NewClientForm,
  run: async ({ app, input: { type, client_name, redirect_uris }, by }) => {
    const kind = typeOf(type);
    // A machine may do nothing until somebody says what: its scopes are ticked on its page.
    const machine = kind?.redirectExample === null ? { scopes: [] } : { redirect_uris };
    const made = createClient(app.id, { client_name, ...kind?.input, ...machine }, by);
    const client = (await besideLines({ redirect_uris }, made)) as { client_id: string; client_secret?: string };
    revalidateApp(app.id);
    return { clientId: client.client_id, clientSecret: client.client_secret ?? null };
  },
});

async function change(app: App, clientId: string, input: UpdateClientInput, by: Actor): Promise<void> {
  const { redirect_uris, post_logout_redirect_uris } = input;
  const lists = { redirect_uris, post_logout_redirect_uris };
  await besideLines(lists, updateClient(app.id, clientId, input, by));
  revalidateApp(app.id);
}

/** An action that changes a part of a client. */
function changing<Part extends z.ZodType<UpdateClientInput>>(part: Part) {
  return action({
    guard: member("admin"),
    input: z.intersection(ClientId, part),
    run: ({ app, input: { client_id, ...rest }, by }) => change(app, client_id, rest as UpdateClientInput, by),
  });
}

export const changeBasicsAction = changing(BasicsForm);
export const changeAddressesAction = changing(AddressesForm);
export const changeScopesAction = changing(ScopesForm);
export const changeSecurityAction = changing(SecurityForm);
export const changeLifetimesAction = changing(LifetimesForm);

export const rotateSecretAction = action({
  guard: member("admin"),
  input: ClientId,
  run: async ({ app, input, by }) => {
    const { client_secret } = await rotateClientSecret(app.id, input.client_id, by);
    revalidateApp(app.id);
    return { clientSecret: client_secret };
  },
});

export const revokeSecretAction = action({
  guard: member("admin"),
  input: ClientId.extend({ secret_id: text(80) }),
  run: async ({ app, input, by }) => {
    await revokeClientSecret(app.id, input.client_id, input.secret_id, by);
    revalidateApp(app.id);
  },
});

export const deleteClientAction = action({
  guard: member("admin"),
  input: ClientId,
  // The page that asked is gone, and the dialog leads away from it.
  run: async ({ app, input, by }) => deleteClient(app.id, input.client_id, by),
});
