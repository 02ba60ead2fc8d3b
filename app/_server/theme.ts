/** Light, dark, or as the system says: a choice that a cookie carries, so that the first paint is right. */
import { cookies } from "next/headers";
import { isTheme, THEME_COOKIE, type Theme } from "../_ui/theme";

/** undefined: as the system says. */
export async function readTheme(): Promise<Theme | undefined> {
  const value = (await cookies()).get(THEME_COOKIE)?.value;
  return isTheme(value) ? value : undefined;
}
