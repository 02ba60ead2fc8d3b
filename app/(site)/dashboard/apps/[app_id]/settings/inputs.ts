/** Input schemas of the settings forms. Their output is a part of the app's settings. */
import { z } from "zod";
import { APP_NAME_LENGTH } from "@/lib/apps/apps";
import { AppSettings, returnUrlProblem } from "@/lib/apps/settings";
import { text } from "@/lib/input";
import { durations } from "../durations";
import { checkbox } from "../on-off";

const known = AppSettings.shape;

export function wholeNumber(schema: z.ZodNumber) {
  return text(12)
    .regex(/^\s*\d+\s*$/, "must be a whole number")
    .transform(Number)
    .refine((value) => schema.safeParse(value).success, `must be between ${schema.minValue} and ${schema.maxValue}`);
}

/** One entry per line. Ignores empty lines. */
export function lines(entry: (line: string) => string | null, problem: string) {
  return text(20_000)
    .optional()
    .transform((value = "", context) =>
      value
        .split(/\r?\n/)
        .map((line) => line.trim())
        .filter(Boolean)
        .flatMap((line) => {
          const found = entry(line);
          if (found !== null) return [found];
          context.addIssue({ code: "custom", message: `“${line.slice(0, 80)}” ${problem}` });
          return [];
        }),
    );
}

const returnUrl = known.return_urls.unwrap().element;

export const RenameForm = z.object({ name: text(APP_NAME_LENGTH).trim().min(1, "must not be empty") });

export const ReturnUrlsForm = z.object({
  return_urls: lines(
    (line) => (returnUrl.safeParse(line).success ? line : null),
    "must be an absolute URL without credentials or a fragment",
  )
    .refine((urls) => urls.length <= 100, "must have at most 100 entries")
    .superRefine((urls, context) => {
      for (const url of urls) {
        const problem = returnUrlProblem(url);
        if (problem) context.addIssue({ code: "custom", message: `“${url.slice(0, 80)}” ${problem}` });
      }
    }),
});

export const AuditForm = z.object({ audit_retention_days: wholeNumber(known.audit_retention_days.unwrap()) });

export const AccessTokensForm = z.object({ access_token_typ: known.access_token_typ.unwrap(), dpop_nonce: checkbox });

export const LifetimesForm = durations({
  direct_token_ttl_seconds: known.direct_token_ttl_seconds.unwrap(),
  session_idle_ttl_seconds: known.session_idle_ttl_seconds.unwrap(),
  session_ttl_seconds: known.session_ttl_seconds.unwrap(),
});
