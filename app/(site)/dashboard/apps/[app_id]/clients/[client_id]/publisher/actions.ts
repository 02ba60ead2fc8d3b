"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { text } from "@/lib/input";
import { MAX_CLIENT_ID_LENGTH } from "@/lib/oauth/client-documents/document-url";
import { PublisherDomain } from "@/lib/oauth/publisher/domain";
import { removePublisher, setPublisherDomain, verifyPublisher } from "@/lib/oauth/publisher/publisher";
import { revalidateApp } from "../../../app-paths";

const ClientId = z.object({ client_id: text(MAX_CLIENT_ID_LENGTH) });

export const setDomainAction = action({
  guard: member("admin"),
  input: ClientId.extend({ domain: PublisherDomain }),
  run: async ({ app, input: { client_id, domain }, by }) => {
    await setPublisherDomain(app.id, client_id, domain, by);
    revalidateApp(app.id);
  },
});

export const verifyAction = action({
  guard: member("admin"),
  input: ClientId,
  run: async ({ app, input: { client_id }, by }) => {
    await verifyPublisher(app.id, client_id, by);
    revalidateApp(app.id);
  },
});

export const removeAction = action({
  guard: member("admin"),
  input: ClientId,
  run: async ({ app, input: { client_id }, by }) => {
    await removePublisher(app.id, client_id, by);
    revalidateApp(app.id);
  },
});
