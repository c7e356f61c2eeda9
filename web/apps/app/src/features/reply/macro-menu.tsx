import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatCount } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { Zap } from "lucide-react";
import { newId } from "@/lib/outbox";
import { useMacros, useRunMacro } from "./api/macros";

/** Runs a macro on conversations; without macros it is not there. */
export function MacroMenu({ ids, onDone }: { ids: string[]; onDone?: () => void }) {
  const macros = useMacros().data?.items ?? [];
  const run = useRunMacro();
  if (macros.length === 0) return null;
  const start = async (id: string, name: string) => {
    const body = { runId: newId(), ids };
    const done = await run
      .mutateAsync({ params: { path: { id } }, body })
      .catch(
        (error: { detail?: string }) => void toast.error("That did not work", { description: error.detail }),
      );
    if (!done) return;
    const failed = (done.items ?? []).filter((one) => !one.done);
    if (failed.length > 0) {
      toast.error(
        ids.length === 1
          ? `“${name}” was not done`
          : `“${name}” was not done on ${formatCount(failed.length, "conversation")}`,
        { description: failed[0]?.problem },
      );
    } else {
      toast.success(`“${name}” was done`);
    }
    onDone?.();
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Run a macro" loading={run.isPending}>
          {!run.isPending && <Zap />}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-h-96">
        <DropdownMenuLabel>Macros</DropdownMenuLabel>
        {macros.map(({ id, name }) => (
          <DropdownMenuItem key={id} onSelect={() => void start(id, name)}>
            <bdi className="truncate">{name}</bdi>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
