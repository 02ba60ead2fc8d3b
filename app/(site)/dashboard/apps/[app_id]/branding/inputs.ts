/** What the form of the branding sends, turned into settings. */
import { z } from "zod";
import { AppSettings } from "@/lib/apps/settings";
import { shownLogo } from "@/lib/brand";
import { text } from "@/lib/input";

const known = AppSettings.shape.branding.unwrap().shape;

/** Left empty, there is none. */
function orNone(schema: z.ZodType<string | null>, problem: string) {
  return text(2000)
    .trim()
    .optional()
    .transform((value) => value || null)
    .refine((value) => schema.safeParse(value).success, problem);
}

export const BrandingForm = z
  .object({
    logo_url: orNone(
      known.logo_url.unwrap().refine((url) => url === null || shownLogo(url) !== null),
      "must be an https address: browsers and mail programs load it from there",
    ),
    color: orNone(known.color.unwrap(), "must be like #1f5c4d"),
  })
  .transform((branding) => ({ branding }));
