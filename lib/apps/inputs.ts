/** Input schemas of apps in the management API. */
import { z } from "zod";
import { text } from "../input";
import { APP_NAME_LENGTH } from "./apps";
import { AppSettings } from "./settings";
import { SIGNING_ALGS } from "./signing-keys";

/** A setting's schema without its default. */
function withoutDefault(schema: z.ZodType): z.ZodType {
  const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodObject ? patchOf(inner) : (inner as z.ZodType);
}

/**
 * Absent settings stay unchanged. An unknown setting is an error, because it is probably a typo.
 */
function patchOf(settings: z.ZodObject) {
  const shape = Object.entries(settings.shape).map(([name, schema]) => [name, withoutDefault(schema).optional()]);
  const known = Object.keys(settings.shape).join(", ");
  return z
    .looseObject(Object.fromEntries(shape))
    .superRefine((value, context) => {
      for (const name of Object.keys(value))
        if (!Object.hasOwn(settings.shape, name))
          context.addIssue({ code: "custom", path: [name], message: `is no setting; there are ${known}` });
    })
    .meta({ override: { additionalProperties: false } });
}

export const UpdateAppBody = z.object({
  name: text(APP_NAME_LENGTH).describe("The name that users see.").optional(),
  settings: patchOf(AppSettings).optional(),
});

export const RotateKeysBody = z.object({
  alg: z.enum(SIGNING_ALGS).describe("Rotate only this algorithm. By default, all.").optional(),
});
