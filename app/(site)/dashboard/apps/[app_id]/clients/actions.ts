"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { failInput, isAppError } from "@/lib/errors";
import { text } from "@/lib/input";
import { createClient, deleteClient, getClient, rotateClientSecret, updateClient } from "@/lib/oauth/clients/clients";
import type { UpdateClientInput } from "@/lib/oauth/clients/inputs";
import { revokeClientSecret } from "@/lib/oauth/clients/secrets";
import { revalidateApp } from "../app-paths";
import { withListErrors } from "./form-lists";
import {
  BasicsForm,
  GrantsForm,
  IdTokensForm,
  LifetimesForm,
  NewClientForm,
  RedirectUrisForm,
  ScopesForm,
  SecurityForm,
} from "./inputs";
import { ownerOf } from "./owners";
import { snippetsOf } from "./snippets/list";
import { typeOf } from "./types";

const admin = member("admin");
const ClientId = z.object({ client_id: text(80) });

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

/** Creates an action that updates a part of a client. */
function updateAction<Part extends z.ZodType<UpdateClientInput>>(part: Part) {
  return action({
    guard: admin,
    input: ClientId.and(part),
    run: async ({ app, input: { client_id, ...changes }, by }) => {
      await updateClient(app.id, client_id, changes as UpdateClientInput, by);
      revalidateApp(app.id);
    },
  });
}

export const changeBasicsAction = updateAction(BasicsForm);
export const changeScopesAction = updateAction(ScopesForm);
export const changeSecurityAction = updateAction(SecurityForm);
export const changeIdTokensAction = updateAction(IdTokensForm);
export const changeLifetimesAction = updateAction(LifetimesForm);

export const changeRedirectUrisAction = action({
  guard: admin,
  input: ClientId.and(RedirectUrisForm),
  run: async ({ app, input: { client_id, ...lists }, by }) => {
    const { redirect_uris, post_logout_redirect_uris } = lists;
    const changes = {
      redirect_uris: redirect_uris.values,
      post_logout_redirect_uris: post_logout_redirect_uris.values,
    };
    await withListErrors(lists, updateClient(app.id, client_id, changes, by));
    revalidateApp(app.id);
  },
});

export const changeGrantsAction = action({
  guard: admin,
  input: ClientId.and(GrantsForm),
  run: async ({ app, input: { client_id, ...changes }, by }) => {
    await updateClient(app.id, client_id, changes, by).catch(throwAsGrantError);
    revalidateApp(app.id);
  },
});

/** The missing redirect URI is on another card of the page, so the error names it. */
function throwAsGrantError(error: unknown): never {
  if (isAppError(error) && error.options.fields?.redirect_uris)
    failInput({ grant_types: "Add a redirect URI before you enable the authorization code grant" });
  throw error;
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
