/** The person's choice; "system" follows the operating system. */
export type Theme = "light" | "dark" | "system";

// public/theme-boot.js reads the same key before the first paint.
const storageKey = "aerostic-theme";

export function readTheme(): Theme {
  const stored = localStorage.getItem(storageKey);
  return stored === "light" || stored === "dark" ? stored : "system";
}

/** Remembers the choice and shows it at once. */
export function writeTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, theme);
  applyTheme(theme);
}

export function applyTheme(theme: Theme): void {
  const dark = theme === "dark" || (theme === "system" && systemPrefersDark().matches);
  document.documentElement.classList.toggle("dark", dark);
}

export function systemPrefersDark(): MediaQueryList {
  return window.matchMedia("(prefers-color-scheme: dark)");
}
