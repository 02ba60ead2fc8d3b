// A Server Action as the browser should call it: whatever goes wrong on the way is an answer that the form can show.
import { unstable_isUnrecognizedActionError as isUnrecognized, unstable_rethrow } from "next/navigation";
import type { FormAction } from "../_server/action";
import type { FormState } from "../_server/form-state";

const STALE = "This page is from before an update of the server. Copy what you need from it, then reload.";
const UNREACHED = "The server did not answer. Check your connection, then try again.";
const SECRET_FIELD = /password|secret/;

/** `succeeded` is told as soon as it worked. */
export function guarded<Result>(action: FormAction<Result>, succeeded: (data: Result) => void): FormAction<Result> {
  return async (before, form) => {
    try {
      const state = await action(before, form);
      if (state.ok) succeeded(state.data as Result);
      return state;
    } catch (error) {
      unstable_rethrow(error);
      return { ok: false, message: isUnrecognized(error) ? STALE : UNREACHED, values: typed(form) } satisfies FormState;
    }
  };
}

function typed(form: FormData): Record<string, string> {
  const texts = [...form].filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(texts.filter(([name]) => !name.startsWith("$") && !SECRET_FIELD.test(name)));
}
