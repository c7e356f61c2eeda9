import { cn } from "@aerostic/ui/lib/cn";
import { menuPanelClasses } from "@aerostic/ui/menu-classes";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";

export interface Suggestion {
  id: string;
  title: string;
  detail?: string;
  icon?: ReactNode;
}

interface SuggestProps {
  options: Suggestion[];
  onPick: (id: string) => void;
  onClose: () => void;
}

/** What the textarea needs to steer the menu with its own keys. */
export function useSuggest({ options, onPick, onClose }: SuggestProps) {
  const [at, setAt] = useState(0);
  const id = useId();
  const shown = options.length > 0;
  const active = Math.min(at, options.length - 1);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other options begin at the first again
  useEffect(() => setAt(0), [options]);
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!shown) return false;
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) setAt((active + by + options.length) % options.length);
    else if (event.key === "Enter" || event.key === "Tab") onPick(options[active]?.id ?? "");
    else if (event.key === "Escape") onClose();
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const input = {
    "aria-autocomplete": "list" as const,
    "aria-controls": shown ? id : undefined,
    "aria-activedescendant": shown ? `${id}-${active}` : undefined,
  };
  return { onKeyDown, input, menu: { id, active, options, onPick } };
}

interface MenuProps {
  label: string;
  menu: ReturnType<typeof useSuggest>["menu"];
}

/** The options above the composer. */
export function SuggestMenu({ label, menu: { id, active, options, onPick } }: MenuProps) {
  if (options.length === 0) return null;
  return (
    <div
      id={id}
      role="listbox"
      aria-label={label}
      data-state="open"
      className={cn(menuPanelClasses, "absolute inset-x-0 bottom-full mb-2 max-h-72")}
    >
      {options.map((option, index) => (
        <div
          key={option.id}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          ref={(element) => {
            if (index === active) element?.scrollIntoView?.({ block: "nearest" });
          }}
          onPointerDown={(event) => {
            event.preventDefault(); // the caret stays where it is
            onPick(option.id);
          }}
          className="flex min-h-9 cursor-default items-center gap-2.5 rounded-sm px-2 py-1 text-sm aria-selected:bg-accent [&_svg]:size-4 [&_svg]:text-muted-foreground"
        >
          {option.icon}
          <bdi className="shrink-0 font-medium">{option.title}</bdi>
          {option.detail && (
            <span dir="auto" className="min-w-0 truncate text-muted-foreground">
              {option.detail}
            </span>
          )}
        </div>
      ))}
    </div>
  );
}
