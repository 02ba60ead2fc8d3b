/** The form of the second factor: the code of an authenticator app or an email, or a recovery code. */
import { z } from "zod";
import { failInput } from "../../errors";
import type { FactorAnswer } from "../../factors/handler";
import { parseInput, text } from "../../input";
import type { Parameters } from "../../oauth/parameters";
import { SixDigits } from "../../one-time/inputs";
import { checkAnswer } from "../../signin/second-factor";
import { finishSecondFactor } from "./finish";
import type { PendingInput } from "./form";

export function readCode(form: Parameters): string {
  if (!form.get("code")?.trim()) failInput({ code: "Enter the code." });
  return parseInput(z.object({ code: SixDigits }), { code: form.get("code") }).code;
}

function readAnswer(form: Parameters): FactorAnswer {
  if (form.get("way") !== "recovery_code") return { code: readCode(form) };
  if (!form.get("code")?.trim()) failInput({ code: "Enter one of your recovery codes." });
  return { recovery_code: parseInput(z.object({ code: text(100) }), { code: form.get("code") }).code };
}

export async function submitSecondFactor(input: PendingInput): Promise<Response> {
  const { app, form, pending } = input;
  const proved = await checkAnswer(app, pending, readAnswer(form));
  return finishSecondFactor(input, pending, proved);
}
