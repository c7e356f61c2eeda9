import { formatCount } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { useRef } from "react";
import { newId } from "@/lib/outbox";
import { useMacros, useRunMacro } from "./api/macros";

/** The macros, and running one on conversations with a word on what became of it. */
export function useMacroRuns(ids: string[], onDone?: () => void) {
  const macros = useMacros().data?.items ?? [];
  const { mutateAsync, isPending } = useRunMacro();
  // A run whose answer was lost is started again under its own id, and writes nothing twice.
  const lost = useRef<{ of: string; runId: string }>(undefined);
  const run = async (id: string, name: string) => {
    const of = [id, ...ids].join();
    const runId = lost.current?.of === of ? lost.current.runId : newId();
    lost.current = { of, runId };
    try {
      const { items } = await mutateAsync({ params: { path: { id } }, body: { runId, ids } });
      lost.current = undefined;
      tell(name, items ?? []);
      onDone?.();
    } catch (error) {
      const { detail } = error as { detail?: string };
      toast.error("That did not work", { description: detail });
    }
  };
  return { macros, run: (id: string, name: string) => void run(id, name), busy: isPending };
}

function tell(name: string, items: readonly { done: boolean; problem?: string }[]): void {
  const failed = items.filter(({ done }) => !done);
  if (failed.length === 0) {
    toast.success(`“${name}” was done`);
    return;
  }
  const on = items.length > 1 ? ` on ${formatCount(failed.length, "conversation")}` : "";
  toast.error(`“${name}” was not done${on}`, { description: failed[0]?.problem });
}
