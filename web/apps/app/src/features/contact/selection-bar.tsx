import { Button } from "@aerostic/ui/button";
import { formatCount } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { TagIcon, TagsIcon, X } from "lucide-react";
import { PageToolbar } from "@/features/shell/page";
import type { ContactQuery } from "./api/list";
import { useStartBulk } from "./api/start-bulk";
import { markingFilter } from "./contacts-search";
import { TagMenu } from "./tag-menu";

interface SelectionBarProps {
  ids: ReadonlySet<string>;
  /** Everybody the filter lets through is meant, not only those ticked. */
  everybody: boolean;
  filter: ContactQuery;
  /** Null when there are too many to count. */
  total?: number | null;
  onEverybody?: () => void;
  onClear: () => void;
}

/** Takes the toolbar's place while contacts are ticked: what can be done with them. */
export function SelectionBar({ ids, everybody, filter, total, onEverybody, onClear }: SelectionBarProps) {
  const mark = useStartBulk();
  const who = everybody
    ? total === null || total === undefined
      ? "everybody in this list"
      : formatCount(total, "contact")
    : formatCount(ids.size, "contact");

  const change = (verb: "add" | "remove") => (tag: string, name: string) =>
    mark.mutate(
      {
        body: {
          ...(everybody ? { filter: markingFilter(filter) } : { ids: [...ids] }),
          action: { kind: "tags", [verb]: [tag] },
        },
      },
      {
        onSuccess: ({ changed, state }) => {
          const done = verb === "add" ? `${name} given to` : `${name} taken from`;
          if (state === "done") toast.success(`${done} ${formatCount(changed, "contact")}`);
          else toast.success("Started", { description: "It goes on in the background." });
          onClear();
        },
        onError: (error) => toast.error("Could not change tags", { description: error.detail }),
      },
    );

  return (
    <PageToolbar className="bg-primary-soft/40">
      <p className="font-medium text-sm" role="status">
        <span className="first-letter:uppercase">{who}</span> selected
      </p>
      {onEverybody && !everybody && (
        <Button variant="link" onClick={onEverybody} className="text-sm">
          Select all {typeof total === "number" ? formatCount(total, "contact") : "in this list"}
        </Button>
      )}
      <div className="ml-auto flex items-center gap-2">
        <TagMenu
          create
          align="end"
          onPick={change("add")}
          trigger={
            <Button loading={mark.isPending}>
              <TagIcon /> Add tag
            </Button>
          }
        />
        <TagMenu
          align="end"
          onPick={change("remove")}
          trigger={
            <Button disabled={mark.isPending}>
              <TagsIcon /> Remove tag
            </Button>
          }
        />
        <Button variant="ghost" size="icon" aria-label="Clear the selection" onClick={onClear}>
          <X />
        </Button>
      </div>
    </PageToolbar>
  );
}
