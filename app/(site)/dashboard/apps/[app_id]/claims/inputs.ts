/** Input schemas of the claim forms. Their output is checked again by lib/oauth/custom-claims. */
import { z } from "zod";
import { jsonOrText, text } from "@/lib/input";
import { Fields, readChecked } from "../clients/form-lists";
import { SOURCE_KINDS } from "./sources";

const kinds = z.enum(SOURCE_KINDS.map(({ value }) => value) as ["public_metadata", ...string[]]);

/** A constant is JSON, or else a text. */
function sourceOf(kind: string, value: string): Record<string, unknown> {
  return { [kind]: kind === "constant" ? jsonOrText(value) : value.trim() };
}

export const ClaimForm = z
  .object({
    name: text(200).trim(),
    source_kind: kinds,
    source_value: text(5000),
    scope: text(100).optional(),
  })
  .and(Fields.transform((sent) => ({ targets: readChecked(sent, "targets") })))
  .transform(({ name, source_kind, source_value, scope, targets }) => ({
    name,
    source: sourceOf(source_kind, source_value),
    scope: scope ?? null,
    targets,
  }));

export const ClaimId = z.object({ claim_id: text(60) });
