/** Schema for a checkbox, which sends "on" when checked and otherwise nothing. */
import { z } from "zod";

export const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
