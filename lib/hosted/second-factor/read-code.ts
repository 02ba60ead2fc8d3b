/** The code in a form, as the user typed or pasted it. */
import { z } from "zod";
import { failInput } from "../../errors";
import { parseInput, text } from "../../input";
import type { Parameters } from "../../oauth/parameters";
import { SixDigits } from "../../one-time/inputs";

/** @throws 400 with the field `code` */
export function readCode(form: Parameters): string {
  if (!form.get("code")?.trim()) failInput({ code: "Enter the code." });
  return parseInput(z.object({ code: SixDigits }), { code: form.get("code") }).code;
}

/** @throws 400 with the field `code` */
export function readRecoveryCode(form: Parameters): string {
  if (!form.get("code")?.trim()) failInput({ code: "Enter one of your recovery codes." });
  return parseInput(z.object({ code: text(100) }), { code: form.get("code") }).code;
}
