/** The input and errors of an operation, from its handler and its description. */
import type { z } from "zod";
import { anyone } from "../guards";
import { rejectsUnknown } from "../route";
import { ERRORS, type ErrorName } from "./errors";
import type { Operation } from "./operation";
import { guardFacts, type SecurityName } from "./security";

export interface CallFacts {
  security: (SecurityName | null)[];
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  form: boolean;
  bodyOptional: boolean;
  idempotent: boolean;
  errors: ErrorName[];
}

const BODY_ERRORS: ErrorName[] = ["invalid_request", "payload_too_large", "unsupported_media_type"];

function errorsOf(operation: Operation, facts: Omit<CallFacts, "errors">, guard: unknown): ErrorName[] {
  const byGuard = operation.oauthErrors ? [] : guardFacts(guard).errors;
  const checksQuery = rejectsUnknown(operation.path) && !operation.handler.contract?.readsItself.includes("query");
  const onlyInput = facts.query || checksQuery ? BODY_ERRORS.slice(0, 1) : [];
  const byInput = operation.oauthErrors ? [] : facts.body ? BODY_ERRORS : onlyInput;
  const byKey: ErrorName[] = facts.idempotent
    ? [...(facts.body ? (["idempotency_key_reused"] as const) : []), "idempotency_in_progress"]
    : [];
  const all = new Set<ErrorName>([...byInput, ...byGuard, ...(operation.errors ?? []), ...byKey]);
  return [...all].sort((a, b) => ERRORS[a].status - ERRORS[b].status);
}

export function callFacts(operation: Operation): CallFacts {
  const { accepts = {}, handler } = operation;
  const contract = handler.contract;
  const guard = contract?.guard ?? anyone;
  const facts = {
    security: accepts.security ?? guardFacts(guard).security,
    query: accepts.query ?? contract?.query,
    body: accepts.body ?? contract?.body,
    form: accepts.form ?? false,
    bodyOptional: accepts.bodyOptional ?? contract?.bodyOptional ?? false,
    idempotent: contract?.idempotent ?? false,
  };
  return { ...facts, errors: errorsOf(operation, facts, guard) };
}
