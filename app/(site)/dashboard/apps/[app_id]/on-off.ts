/** A box of a form: ticked it sends "on", otherwise nothing. */
import { z } from "zod";

export const onOff = z
  .literal("on")
  .optional()
  .transform((value) => value === "on");
