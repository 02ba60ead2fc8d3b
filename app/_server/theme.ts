/** Theme cookie, read on the server so that the first paint has the right theme. */
import { cookies } from "next/headers";
import { isTheme, THEME_COOKIE, type Theme } from "../_ui/theme";

/** undefined: the system's theme. */
export async function readTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : undefined;
}
