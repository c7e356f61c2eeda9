import { ComboMenu, ComboPopover } from "@aerostic/ui/combo-menu";
import { toast } from "@aerostic/ui/toast";
import { type ReactNode, useState } from "react";
import { useCreateTag } from "./api/create-tag";
import { useTagOptions } from "./tag-options";

interface TagMenuProps {
  /** The button that opens it. */
  trigger: ReactNode;
  chosen?: readonly string[];
  onPick: (id: string, name: string) => void;
  /** Offers to make what was typed. */
  create?: boolean;
  align?: "start" | "end";
}

/** A searchable menu of tags and lists. */
export function TagMenu({ trigger, chosen = [], onPick, create, align }: TagMenuProps) {
  const [open, setOpen] = useState(false);
  const { options, tags } = useTagOptions();
  const createTag = useCreateTag();
  const pick = (id: string) => {
    setOpen(false);
    onPick(id, tags.find((tag) => tag.id === id)?.name ?? "");
  };
  const make = (name: string) =>
    createTag.mutate(
      { body: { name, kind: "tag" } },
      {
        onSuccess: (tag) => {
          setOpen(false);
          onPick(tag.id, tag.name);
        },
        onError: (error) => toast.error("Could not make the tag", { description: error.detail }),
      },
    );
  return (
    <ComboPopover open={open} onOpenChange={setOpen} trigger={trigger} align={align}>
      <ComboMenu
        options={options}
        chosen={chosen}
        onPick={pick}
        search="Search tags and lists"
        empty={create ? "No tags yet. Type a name to make one." : "No tags or lists"}
        onCreate={create ? make : undefined}
        createLabel={(text) => `Make the tag “${text}”`}
      />
    </ComboPopover>
  );
}
