import { useCallback, useEffect, useState } from "react";
import { applyTheme, readTheme, systemPrefersDark, type Theme, writeTheme } from "../lib/theme";

/** The chosen theme and how to change it; follows the system while the choice is "system". */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(readTheme);
  useEffect(() => {
    const media = systemPrefersDark();
    const follow = () => applyTheme(theme);
    media.addEventListener("change", follow);
    return () => media.removeEventListener("change", follow);
  }, [theme]);
  const choose = useCallback((next: Theme) => {
    writeTheme(next);
    setTheme(next);
  }, []);
  return [theme, choose];
}
