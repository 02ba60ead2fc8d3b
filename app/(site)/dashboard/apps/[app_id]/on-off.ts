/** A box of a form: ticked it sends "on", otherwise nothing. */
import { z } from "zod";

export const checkbox = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
