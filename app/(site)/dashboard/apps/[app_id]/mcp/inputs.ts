/** Input schemas of the MCP page. */
import { z } from "zod";
import { text } from "@/lib/input";
import { RESOURCE_SHAPE } from "@/lib/oauth/resources/inputs";

/** The hidden field of the button. */
export const SwitchForm = z.object({ mcp: z.enum(["on", "off"]).transform((value) => ({ mcp: value === "on" })) });

export const ServerForm = z.object({
  url: text(2000)
    .trim()
    .refine((value) => /^https?:\/\/./i.test(value) && URL.canParse(value), "must be the URL of your MCP server")
    .pipe(RESOURCE_SHAPE.identifier),
});
