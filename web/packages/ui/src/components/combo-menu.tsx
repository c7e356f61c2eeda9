import { Check, Plus } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { cn } from "../lib/cn";
import { Command, CommandEmpty, CommandGroup, CommandInput, CommandItem, CommandList } from "./command";
import { Popover, PopoverContent, PopoverTrigger } from "./popover";

export interface ComboOption {
  value: string;
  label: string;
  /** A quiet word at the right: a count, a code. */
  hint?: ReactNode;
  icon?: ReactNode;
  /** Options with the same group stand together under its name. */
  group?: string;
  /** What else finds it when typed. */
  keywords?: string[];
}

export interface ComboMenuProps {
  options: ComboOption[];
  chosen: readonly string[];
  onPick: (value: string) => void;
  /** Names the search field: "Search tags". */
  search: string;
  empty?: ReactNode;
  /** Offers what was typed as a new option when none is called so. */
  onCreate?: (text: string) => void;
  /** What the offer says: `(text) => "Make the tag “VIP”"`. */
  createLabel?: (text: string) => string;
  /** Hears what is typed, for lists that a server searches: the options are what it found. */
  onSearch?: (text: string) => void;
}

/** The searchable list of a Combobox, for a popover of one's own. */
export function ComboMenu(props: ComboMenuProps) {
  const { options, chosen, onPick, search, empty, onCreate, createLabel, onSearch } = props;
  const [text, setText] = useState("");
  const typed = text.trim();
  // biome-ignore lint/correctness/useExhaustiveDependencies: what to do with it means the same on every render
  useEffect(() => onSearch?.(typed), [typed]);
  const known = options.some(({ label }) => label.toLowerCase() === typed.toLowerCase());
  return (
    <Command loop label={search} filter={contains} className="flex min-h-0 flex-col">
      <CommandInput
        placeholder={search}
        value={text}
        onValueChange={setText}
        className="text-base sm:text-sm"
      />
      <CommandList className="max-h-72 p-1">
        {!(onCreate && typed) && <CommandEmpty className="py-6">{empty ?? "Nothing found"}</CommandEmpty>}
        {[...byGroup(options)].map(([group, members]) => (
          <CommandGroup key={group} heading={group || undefined}>
            {members.map((option) => (
              <CommandItem
                key={option.value}
                value={option.value}
                keywords={[option.label, ...(option.keywords ?? [])]}
                onSelect={() => onPick(option.value)}
                className="min-h-8 py-1 max-sm:min-h-10"
              >
                {option.icon}
                <span className="min-w-0 flex-1 truncate">{option.label}</span>
                {option.hint && <span className="shrink-0 text-muted-foreground text-xs">{option.hint}</span>}
                <Check
                  aria-label={chosen.includes(option.value) ? "Chosen" : undefined}
                  className={cn("text-primary!", !chosen.includes(option.value) && "invisible")}
                />
              </CommandItem>
            ))}
          </CommandGroup>
        ))}
        {onCreate && typed && !known && (
          <CommandGroup forceMount>
            <CommandItem
              forceMount
              value="create-new"
              onSelect={() => {
                onCreate(typed);
                setText("");
              }}
            >
              <Plus />
              <span className="min-w-0 truncate">{createLabel?.(typed) ?? `Add “${typed}”`}</span>
            </CommandItem>
          </CommandGroup>
        )}
      </CommandList>
    </Command>
  );
}

function contains(_value: string, search: string, keywords: string[] = []): number {
  return keywords.some((word) => word.toLowerCase().includes(search.trim().toLowerCase())) ? 1 : 0;
}

function byGroup(options: ComboOption[]): Map<string, ComboOption[]> {
  const groups = new Map<string, ComboOption[]>();
  for (const option of options) {
    const name = option.group ?? "";
    groups.set(name, [...(groups.get(name) ?? []), option]);
  }
  return groups;
}

/** A popover that holds a ComboMenu. Modal, so that it scrolls inside dialogs too. */
export function ComboPopover({
  open,
  onOpenChange,
  trigger,
  align = "start",
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: ReactNode;
  align?: "start" | "end";
  children: ReactNode;
}) {
  return (
    <Popover modal open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{trigger}</PopoverTrigger>
      <PopoverContent
        align={align}
        className="w-(--radix-popover-trigger-width) min-w-64 overflow-hidden p-0"
      >
        {children}
      </PopoverContent>
    </Popover>
  );
}
