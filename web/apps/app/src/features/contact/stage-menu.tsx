import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Field } from "@aerostic/ui/field";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { toast } from "@aerostic/ui/toast";
import { ArrowLeft, ArrowRight, Ellipsis, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDeleteStage } from "./api/delete-stage";
import { useOrderStages } from "./api/order-stages";
import type { Stage } from "./api/stages";
import type { BoardColumn } from "./board-columns";
import { StageDialog } from "./stage-dialog";
import { nobody } from "./stage-options";

/** What can be done with a stage: rename, move left and right, delete. */
export function StageMenu({ stage, columns }: { stage: Stage; columns: BoardColumn[] }) {
  const [asking, setAsking] = useState<"edit" | "delete">();
  const ids = columns.flatMap((column) => (column.stage ? [column.stage.id] : []));
  const at = ids.indexOf(stage.id);
  const order = useOrderStages();
  const shift = (by: -1 | 1) =>
    order.mutate(
      { body: { ids: swapped(ids, at, at + by) } },
      { onError: (error) => toast.error("Could not move the stage", { description: error.detail }) },
    );
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`Actions for the stage ${stage.name}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setAsking("edit")}>
            <Pencil /> Change
          </DropdownMenuItem>
          <DropdownMenuItem disabled={at === 0} onSelect={() => shift(-1)}>
            <ArrowLeft /> Move left
          </DropdownMenuItem>
          <DropdownMenuItem disabled={at === ids.length - 1} onSelect={() => shift(1)}>
            <ArrowRight /> Move right
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem tone="danger" disabled={ids.length === 1} onSelect={() => setAsking("delete")}>
            <Trash2 /> Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {asking === "edit" && <StageDialog stage={stage} onClose={() => setAsking(undefined)} />}
      {asking === "delete" && (
        <DeleteStage stage={stage} columns={columns} onClose={() => setAsking(undefined)} />
      )}
    </>
  );
}

export function swapped<Item>(items: Item[], a: number, b: number): Item[] {
  const next = [...items];
  [next[a], next[b]] = [next[b] as Item, next[a] as Item];
  return next;
}

function DeleteStage({
  stage,
  columns,
  onClose,
}: {
  stage: Stage;
  columns: BoardColumn[];
  onClose: () => void;
}) {
  const remove = useDeleteStage();
  const [moveTo, setMoveTo] = useState(nobody);
  const others = columns.filter(({ id }) => id !== stage.id);
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Delete the stage ${stage.name}?`}
      description={
        stage.contacts > 0
          ? `${formatCount(stage.contacts, "contact")} stand there. They move in the background.`
          : "Nobody stands there."
      }
      confirm="Delete"
      onConfirm={async () => {
        await remove.mutateAsync({
          params: { path: { id: stage.id }, query: moveTo === nobody ? {} : { moveTo } },
        });
        toast.success(`${stage.name} deleted`);
      }}
    >
      {stage.contacts > 0 && (
        <Field label="Move its contacts to">
          <Select
            options={others.map(({ id, name }) => ({ value: id, label: name }))}
            value={moveTo}
            onValueChange={setMoveTo}
          />
        </Field>
      )}
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
