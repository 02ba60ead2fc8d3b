"use server";

import { action, member } from "@/app/_server/action";
import { failInput, isAppError } from "@/lib/errors";
import { createResource, deleteResource, updateResource } from "@/lib/oauth/resources/resources";
import { revalidateApp } from "../app-paths";
import { ResourceForm, ResourceId } from "./inputs";

const admin = member("admin");

/** The error of a taken identifier belongs to its field. */
function throwAtField(error: unknown): never {
  if (isAppError(error) && error.code === "resource_exists") failInput({ identifier: "is taken by another resource" });
  throw error;
}

export const createResourceAction = action({
  guard: admin,
  input: ResourceForm,
  run: async ({ app, input, by }) => {
    await createResource(app, input, by).catch(throwAtField);
    revalidateApp(app.id);
  },
});

export const changeResourceAction = action({
  guard: admin,
  input: ResourceId.and(ResourceForm),
  run: async ({ app, input: { resource_id, ...changes }, by }) => {
    await updateResource(app.id, resource_id, changes, by).catch(throwAtField);
    revalidateApp(app.id);
  },
});

export const deleteResourceAction = action({
  guard: admin,
  input: ResourceId,
  run: async ({ app, input, by }) => {
    await deleteResource(app.id, input.resource_id, by);
    revalidateApp(app.id);
  },
});
