export const THEME_COOKIE = "theme";

export type Theme = "system" | "light" | "dark";

/** The class of the root element; none means that the system decides (globals.css). */
export function themeClass(value: string | undefined): "light" | "dark" | "" {
  return value === "light" || value === "dark" ? value : "";
}
