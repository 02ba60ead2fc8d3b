// Color themes that a user can choose. Without a choice, the system's theme applies.
export const THEME_COOKIE = "foyer-theme";

export type Theme = "light" | "dark";

export function isTheme(value: unknown): value is Theme {
  return value === "light" || value === "dark";
}

/** The two values of --color-surface. */
export const SURFACE: Record<Theme, string> = { light: "#faf8f5", dark: "#171513" };

/** The choice in a Cookie header. null: the system's theme. */
export function themeOf(cookies: string | undefined): Theme | null {
  const value = new RegExp(`(?:^|;\\s*)${THEME_COOKIE}=(\\w+)`).exec(cookies ?? "")?.[1];
  return isTheme(value) ? value : null;
}
