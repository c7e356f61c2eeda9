import type { ComboOption } from "@aerostic/ui/combobox";
import { formatNumber } from "@aerostic/ui/lib/format";
import { List, Tag as TagIcon } from "lucide-react";
import { useMemo } from "react";
import { type Tag, useTags } from "./api/tags";

/** The sign of a tag or a list, as it stands before its name everywhere. */
export function TagSign({ kind }: { kind: string }) {
  return kind === "list" ? <List aria-label="List" /> : <TagIcon aria-label="Tag" />;
}

/** Tags and lists as a combobox offers them: lists first, with how many contacts each has. */
export function useTagOptions(only?: "tag" | "list"): { options: ComboOption[]; tags: Tag[] } {
  const { data } = useTags();
  return useMemo(() => {
    const tags = (data?.items ?? []).filter(({ kind }) => !only || kind === only);
    const option = (tag: Tag): ComboOption => ({
      value: tag.id,
      label: tag.name,
      hint: formatNumber(tag.contacts),
      icon: <TagSign kind={tag.kind} />,
      group: only ? undefined : tag.kind === "list" ? "Lists" : "Tags",
    });
    const lists = tags.filter(({ kind }) => kind === "list");
    const plain = tags.filter(({ kind }) => kind !== "list");
    return { options: [...lists, ...plain].map(option), tags };
  }, [data, only]);
}
