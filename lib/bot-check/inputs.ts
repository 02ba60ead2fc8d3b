/** The field of the bot check in a form's input schema. */
import { text } from "../input";

/** Its length is checked with the token itself, so that an error names no field that users can't see. */
export const BotCheckField = { bot_check: text(64 * 1024).optional() };
