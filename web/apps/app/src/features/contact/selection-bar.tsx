import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatCount } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import {
  BellOff,
  ChevronDown,
  Columns3,
  ListChecks,
  TagIcon,
  TagsIcon,
  Trash2,
  UserRound,
  X,
} from "lucide-react";
import { useState } from "react";
import { PageToolbar } from "@/features/shell/page";
import { useOnce } from "@/lib/use-once";
import type { ContactQuery } from "./api/list";
import { type BulkAction, useStartBulk } from "./api/start-bulk";
import { bulkEnd } from "./bulk";
import { BulkDialog, type BulkQuestion } from "./bulk-dialog";
import { bulkFilter } from "./contacts-search";
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
  const bulk = useStartBulk();
  const once = useOnce();
  const [asking, setAsking] = useState<BulkQuestion>();
  const who = everybody
    ? total === null || total === undefined
      ? "everybody in this list"
      : formatCount(total, "contact")
    : formatCount(ids.size, "contact");

  const start = async (action: BulkAction) => {
    const body = { action, ...(everybody ? { filter: bulkFilter(filter) } : { ids: [...ids] }) };
    const begun = await once(body, (header) => bulk.mutateAsync({ body, params: { header } }));
    if (begun.state === "done") toast.success(bulkEnd({ ...begun, kind: action.kind }));
    onClear();
  };
  const retag = (verb: "add" | "remove") => (tag: string) =>
    start({ kind: "tags", [verb]: [tag] }).catch((error) =>
      toast.error("Could not change tags", { description: error.detail }),
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
          onPick={retag("add")}
          trigger={
            <Button loading={bulk.isPending}>
              <TagIcon /> Add tag
            </Button>
          }
        />
        <TagMenu
          align="end"
          onPick={retag("remove")}
          trigger={
            <Button disabled={bulk.isPending} className="max-sm:hidden">
              <TagsIcon /> Remove tag
            </Button>
          }
        />
        <MoreMenu onAsk={setAsking} disabled={bulk.isPending} />
        <Button variant="ghost" size="icon" aria-label="Clear the selection" onClick={onClear}>
          <X />
        </Button>
      </div>
      {asking && (
        <BulkDialog
          what={asking}
          who={who}
          onClose={() => setAsking(undefined)}
          onStart={start}
          error={bulk.error}
        />
      )}
    </PageToolbar>
  );
}

function MoreMenu({ onAsk, disabled }: { onAsk: (what: BulkQuestion) => void; disabled: boolean }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button disabled={disabled}>
          More <ChevronDown />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem className="sm:hidden" onSelect={() => onAsk("untag")}>
          <TagsIcon /> Remove tag
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onAsk("stage")}>
          <Columns3 /> Set stage
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onAsk("owner")}>
          <UserRound /> Set owner
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => onAsk("field")}>
          <ListChecks /> Set a field
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => onAsk("optOut")}>
          <BellOff /> Opt out of marketing
        </DropdownMenuItem>
        <DropdownMenuItem tone="danger" onSelect={() => onAsk("delete")}>
          <Trash2 /> Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
