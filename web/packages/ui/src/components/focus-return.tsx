import { type ReactNode, type RefObject, useRef, useState } from "react";

interface FocusReturn {
  /** Goes into the dialog's content: it remembers what had the focus when the content came. */
  origin: ReactNode;
  /** Goes to Radix' content, whose own way back needs a trigger inside the dialog's root. */
  onCloseAutoFocus: (event: Event) => void;
}

/** Gives the focus back to whatever opened a dialog, also when a state opened it and no trigger. */
export function useFocusReturn(): FocusReturn {
  const opener = useRef<HTMLElement | null>(null);
  return {
    origin: <Origin of={opener} />,
    onCloseAutoFocus: (event) => {
      if (!opener.current?.isConnected) return;
      event.preventDefault();
      opener.current.focus();
    },
  };
}

// Looked up while rendering: once the content is in the page, something in it may have the focus.
function Origin({ of }: { of: RefObject<HTMLElement | null> }) {
  useState(() => {
    of.current = focused();
  });
  return null;
}

/** What has the focus; for an item of a menu, which is about to go, the menu's button. */
function focused(): HTMLElement | null {
  const element = document.activeElement;
  if (!(element instanceof HTMLElement) || element === document.body) return null;
  const button = element.closest("[role=menu]")?.getAttribute("aria-labelledby");
  return button ? document.getElementById(button) : element;
}
