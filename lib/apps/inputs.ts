/** Input schemas of apps in the management API. */
import { z } from "zod";
import { text } from "../input";
import { APP_NAME_LENGTH } from "./apps";
import { BOT_CHECK_SECRET_LENGTH } from "./bot-check-secret";
import { AppSettings } from "./settings";
import { SIGNING_ALGS } from "./signing-keys";

/** A setting's schema without its default. */
function withoutDefault(schema: z.ZodType): z.ZodType {
  const inner = schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault ? schema.unwrap() : schema;
  return inner instanceof z.ZodObject ? patchOf(inner) : (inner as z.ZodType);
}

/** Absent settings stay unchanged. */
function patchOf(settings: z.ZodObject) {
  const shape = Object.entries(settings.shape).map(([name, schema]) => [name, withoutDefault(schema).optional()]);
  return z.object(Object.fromEntries(shape));
}

export const UpdateAppBody = z.object({
  name: text(APP_NAME_LENGTH).describe("The name that users see.").optional(),
  settings: patchOf(AppSettings).optional(),
  bot_check_secret: text(BOT_CHECK_SECRET_LENGTH)
    .nullable()
    .describe("The secret of Turnstile or hCaptcha, for `settings.bot_check`. It is never returned. null deletes it.")
    .optional(),
});

export const RotateKeysBody = z.object({
  alg: z.enum(SIGNING_ALGS).describe("Rotate only this algorithm. By default, all.").optional(),
});
