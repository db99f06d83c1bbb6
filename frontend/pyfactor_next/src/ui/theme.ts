export const THEME_COOKIE = "theme";

export type Theme = "system" | "light" | "dark";

/** The class of the root element; none means that the system decides (globals.css). */
export function themeClass(value: string | undefined): "light" | "dark" | "" {
  return value === "light" || value === "dark" ? value : "";
}

/** Applies a choice at once and keeps it for a year; the server draws the next page with it. */
export function chooseTheme(theme: Theme): void {
  const { classList } = document.documentElement;
  classList.remove("light", "dark");
  if (theme !== "system") classList.add(theme);
  const age = theme === "system" ? 0 : 31_536_000;
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox
  document.cookie = `${THEME_COOKIE}=${theme}; Path=/; Max-Age=${age}; SameSite=Lax`;
}

/** The choice in force; "system" while the server renders. */
export function currentTheme(): Theme {
  const { classList } = document.documentElement;
  if (classList.contains("dark")) return "dark";
  return classList.contains("light") ? "light" : "system";
}
