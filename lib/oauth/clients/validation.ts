/** Validation of complete client settings against the app's scopes. */
import { failInput } from "../../errors";
import type { Scope } from "../scopes/descriptions";
import { type ClientInput, clientProblems } from "./inputs";

/** @throws 400 with the problem of each field */
export function requireValid(
  known: ReadonlyMap<string, Scope>,
  client: ClientInput,
  before: ClientInput | null = null,
): void {
  const problems = clientProblems(client, before);
  client.scopes.forEach((scope, index) => {
    if (!known.has(scope)) problems[`scopes.${index}`] = `${scope} is not a scope of this app. Create it first.`;
  });
  if (Object.keys(problems).length > 0) failInput(problems);
}
