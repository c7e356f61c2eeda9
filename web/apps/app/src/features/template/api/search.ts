import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { useMemo, useState } from "react";
import { type Template, type TemplateFilter, useTemplates } from "./templates";

const none: Template[] = [];

/** The first templates of a list and those whose name begins with what was typed, for pickers. */
export function useTemplateSearch(
  filter: Omit<TemplateFilter, "q">,
  { enabled = true }: { enabled?: boolean } = {},
) {
  const [text, onSearch] = useState("");
  const q = useDebouncedValue(text).toLowerCase();
  const first = useTemplates(filter, { enabled }).data?.pages[0]?.items ?? none;
  const found = useTemplates({ ...filter, q }, { enabled: enabled && q !== "" }).data?.pages[0]?.items;
  const rows = useMemo(
    () => [...new Map([...first, ...(found ?? none)].map((one) => [one.id, one])).values()],
    [first, found],
  );
  return { rows, onSearch };
}
