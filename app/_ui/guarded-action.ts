// Wraps a Server Action in the browser: turns network and deployment errors into a form state.
import { unstable_isUnrecognizedActionError as isUnrecognized, unstable_rethrow } from "next/navigation";
import type { FormAction } from "../_server/action";
import type { FormState } from "../_server/form-state";

const STALE = "Foyer was updated, so this page reloads. Then try again.";
/** Long enough to read the message. */
const RELOAD_AFTER_MS = 3000;
const UNREACHED = "The server didn't respond. Check your connection and try again.";
const SECRET_FIELD = /password|secret/;

/** Calls `succeeded` as soon as the action has succeeded. */
export function guarded<Result>(action: FormAction<Result>, succeeded: (data: Result) => void): FormAction<Result> {
  return async (before, form) => {
    try {
      const state = await action(before, form);
      if (state.ok) succeeded(state.data as Result);
      return state;
    } catch (error) {
      unstable_rethrow(error);
      const isStale = isUnrecognized(error);
      if (isStale) setTimeout(() => location.reload(), RELOAD_AFTER_MS);
      return {
        ok: false,
        message: isStale ? STALE : UNREACHED,
        values: submittedTexts(form),
      } satisfies FormState;
    }
  };
}

function submittedTexts(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts.filter(([name]) => !name.startsWith("$") && !SECRET_FIELD.test(name)));
}
