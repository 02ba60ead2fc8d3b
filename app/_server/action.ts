/**
 * Server Action of the dashboard: guard, input schema, operation. The guard runs in the action,
 * since a page's check doesn't protect it. An error becomes a form state with the submitted values.
 */
import { headers } from "next/headers";
import { unstable_rethrow } from "next/navigation";
import type { z } from "zod";
import { type App, getApp } from "@/lib/apps/apps";
import { requireRole } from "@/lib/apps/members";
import type { Actor } from "@/lib/audit/events";
import type { MemberRole } from "@/lib/database/client";
import { fail, failNotFound } from "@/lib/errors";
import { contextOf } from "@/lib/http/caller";
import { requireOwnOrigin } from "@/lib/http/origin";
import { logError, toAppError } from "@/lib/http/respond";
import { TENANT_ZERO } from "@/lib/ids";
import { parseInput } from "@/lib/input";
import { requestContext, withRequestContext } from "@/lib/request-context";
import { findDeveloper } from "./dashboard-session";
import type { Developer } from "./developer";
import type { FormState } from "./form-state";

type Fields = Record<string, string>;
type ActionGuard<Found> = (fields: Fields) => Promise<Found>;

export const publicAccess: ActionGuard<object> = async () => ({});

export const developer: ActionGuard<{ developer: Developer; by: Actor }> = async () => {
  const found = await findDeveloper();
  if (!found) fail(401, "unauthorized", "Your session has expired. Sign in again.");
  return { developer: found, by: { type: "developer", id: found.userId } };
};

/** Requires a member of the app that the form's field `app_id` names. */
export function member(role: MemberRole): ActionGuard<{ developer: Developer; by: Actor; app: App }> {
  return async (fields) => {
    const found = await developer(fields);
    const appId = fields.app_id ?? "";
    if (appId === TENANT_ZERO) failNotFound("The app");
    await requireRole(appId, found.developer.userId, role);
    return { ...found, app: await getApp(appId) };
  };
}

const SECRET_FIELD = /password|secret/;

/** The text fields, without those of Next (`$ACTION_…`) and without empty ones. */
function readFields(form: FormData): Fields {
  const entries = [...form].filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !entry[0].startsWith("$"),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== ""));
}

function withoutSecrets(fields: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRET_FIELD.test(name)));
}

interface ActionOptions<Found extends object, Input extends z.ZodType, Result> {
  guard: ActionGuard<Found>;
  input: Input;
  /** Returns the state's `data`. May redirect. */
  run: (input: Found & { input: z.output<Input> }) => Promise<Result>;
}

export type FormAction<Result> = (before: FormState<Result>, form: FormData) => Promise<FormState<Result>>;

export function action<Found extends object, Input extends z.ZodType, Result>(
  options: ActionOptions<Found, Input, Result>,
): FormAction<Result> {
  return async (_before, form) => {
    const outer = requestContext();
    if (outer) outer.ranAction = true;
    const received = await headers();
    // A client can call an action with other arguments than a form sends, or with none.
    const fields = (form as unknown) instanceof FormData ? readFields(form) : {};
    const caller = contextOf(received);
    return withRequestContext(caller, async () => {
      try {
        requireOwnOrigin({ method: "POST", headers: received });
        const found = await options.guard(fields);
        const data = await options.run({ ...found, input: parseInput(options.input, fields) });
        return { ok: true, data };
      } catch (thrown) {
        unstable_rethrow(thrown);
        const error = toAppError(thrown);
        logError(error, { method: "ACTION", path: "dashboard" });
        return {
          ok: false,
          message: error.status >= 500 ? `${error.description} (${caller.requestId})` : error.description,
          fields: error.options.fields,
          values: withoutSecrets(fields),
        };
      }
    });
  };
}
