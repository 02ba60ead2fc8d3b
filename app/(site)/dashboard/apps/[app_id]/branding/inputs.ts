/** Input schema of the branding form. */
import { z } from "zod";
import { AppSettings } from "@/lib/apps/settings";
import { shownLogo } from "@/lib/brand";
import { text } from "@/lib/input";

const known = AppSettings.shape.branding.unwrap().shape;

/** null for an empty field. */
function orNull(schema: z.ZodType<string | null>, problem: string) {
  return text(2000)
    .trim()
    .optional()
    .transform((value) => value || null)
    .refine((value) => schema.safeParse(value).success, problem);
}

export const BrandingForm = z
  .object({
    logo_url: orNull(
      known.logo_url.unwrap().refine((url) => url === null || shownLogo(url) !== null),
      "must be an https URL, since browsers and email programs load it from there",
    ),
    color: orNull(known.color.unwrap(), "must have the form #1f5c4d"),
  })
  .transform((branding) => ({ branding }));
