// cspell:ignore GEZDGNBVGY TQOJQGEZDGNBVGY TQOJQ
/** Response schemas: second factors. */
import { z } from "zod";
import { FACTOR_TYPES } from "@/lib/apps/settings";
import type { factorView } from "@/lib/factors/factor";
import type { totpEnrollmentView } from "@/lib/factors/totp/enrollment";
import { SOME_ID } from "@/lib/http/openapi/parameters";
import { id, text, time } from "./fields";
import { Session } from "./users";

export const FactorView = z
  .object({
    id: id("The factor ID.", SOME_ID.factor),
    type: z.enum(FACTOR_TYPES).meta({ description: "The kind of factor." }),
    name: text("The name that the user gave it.", "Phone").nullable(),
    created_at: time("When the factor was added."),
    last_used_at: time("When the factor was last used.").nullable(),
  })
  .meta({ id: "Factor", description: "A second factor or passkey of a user." }) satisfies z.ZodType<
  ReturnType<typeof factorView>
>;

export const FactorList = z.object({ data: z.array(FactorView) });

export const TotpEnrollment = z
  .object({
    secret: text("The secret in base 32, for users who can't scan the QR code.", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"),
    otpauth_uri: text(
      "The URI that authenticator apps read from the QR code.",
      "otpauth://totp/Blog:bob%40example.com?issuer=Blog&secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
    ),
    qr_svg: text("The QR code as SVG, black on white.", '<svg xmlns="http://www.w3.org/2000/svg" …'),
  })
  .meta({ id: "TotpEnrollment" }) satisfies z.ZodType<ReturnType<typeof totpEnrollmentView>>;

const codes = z
  .array(z.string())
  .meta({ description: "Ten codes, each of which works once. Show them now: they are stored as hashes." });

export const RecoveryCodes = z.object({ recovery_codes: codes }).meta({ id: "RecoveryCodes" });

export const EmailConfirmed = z.object({ recovery_codes: codes.optional() }).meta({ id: "ConfirmedEmailFactor" });

/** With the user's token, only the codes; after a later factor than the first, nothing. */
export const Confirmed = z
  .union([EmailConfirmed, Session.extend({ recovery_codes: codes.optional() })])
  .meta({ id: "ConfirmedFactor" });
