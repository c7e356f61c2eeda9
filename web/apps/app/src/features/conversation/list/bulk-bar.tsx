import { Button } from "@aerostic/ui/button";
import { formatCount } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { CircleCheck, Tag, UserPlus, X } from "lucide-react";
import { useState } from "react";
import { MacroMenu } from "@/features/reply/macro-menu";
import { useAssign, useSetLabels, useSetStatus } from "../api/change";
import { useNames } from "../names";
import { AssignMenu } from "../thread/assign-menu";
import { LabelMenu } from "../thread/label-menu";

const most = 200;

/** What can be done with all that is selected, at most 200 at a time. */
export function BulkBar({ ids, onDone, onAll }: { ids: string[]; onDone: () => void; onAll: () => void }) {
  const names = useNames();
  const [open, setOpen] = useState<"assign" | "labels">();
  const [setStatus, assign, setLabels] = [useSetStatus(), useAssign(), useSetLabels()];
  const busy = setStatus.isPending || assign.isPending || setLabels.isPending;
  const some = ids.slice(0, most);
  const after = {
    onSuccess: onDone,
    onError: (error: { detail?: string }) => toast.error("That did not work", { description: error.detail }),
  };
  return (
    <div className="mx-3 mb-2 flex shrink-0 items-center gap-0.5 rounded-lg border bg-card p-1 shadow-xs">
      <Button variant="ghost" size="icon-sm" aria-label="Select nothing" onClick={onDone}>
        <X />
      </Button>
      <button
        type="button"
        onClick={onAll}
        title="Select all loaded"
        className="focus-ring mr-auto rounded-sm border border-transparent px-1 font-medium text-xs"
      >
        {formatCount(ids.length, "selected", "selected")}
      </button>
      <AssignMenu
        open={open === "assign"}
        onOpenChange={(on) => setOpen(on ? "assign" : undefined)}
        members={names.members}
        teams={names.teams}
        me={names.me}
        onAssign={(to) => assign.mutate({ body: { ids: some, ...to } }, after)}
        trigger={
          <Button variant="ghost" size="icon-sm" aria-label="Assign them" disabled={busy}>
            <UserPlus />
          </Button>
        }
      />
      <LabelMenu
        open={open === "labels"}
        onOpenChange={(on) => setOpen(on ? "labels" : undefined)}
        labels={names.labels}
        chosen={[]}
        onToggle={(id) => setLabels.mutate({ body: { ids: some, add: [id] } }, after)}
        trigger={
          <Button variant="ghost" size="icon-sm" aria-label="Label them" disabled={busy}>
            <Tag />
          </Button>
        }
      />
      <MacroMenu ids={some} onDone={onDone} />
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label="Resolve them"
        loading={setStatus.isPending}
        onClick={() => setStatus.mutate({ body: { ids: some, status: "resolved" } }, after)}
      >
        {!setStatus.isPending && <CircleCheck />}
      </Button>
    </div>
  );
}
