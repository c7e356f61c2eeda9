import { createContext, useContext } from "react";

export interface ShellState {
  /** Only icons in the sidebar. */
  rail: boolean;
  toggleRail: () => void;
  /** The sidebar as a sheet, on phones. */
  openNav: () => void;
  openPalette: () => void;
}

export const ShellContext = createContext<ShellState | undefined>(undefined);

export function useShell(): ShellState {
  const state = useContext(ShellContext);
  if (!state) throw new Error("useShell outside the shell");
  return state;
}
