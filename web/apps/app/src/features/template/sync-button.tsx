import { Button } from "@aerostic/ui/button";
import { formatCount } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { RefreshCw } from "lucide-react";
import { useFormat } from "@/lib/format";
import { useSyncTemplates } from "./api/sync";
import type { SyncState } from "./sync-state";

/** Reads all templates from Meta; while it runs the button says so. */
export function SyncButton({ state }: { state: SyncState }) {
  const sync = useSyncTemplates();
  const start = () =>
    sync.mutate(
      {},
      {
        onSuccess: ({ accounts }) => {
          if (accounts === 0)
            toast.warning("No account to read from", { description: "Connect a number first." });
        },
        onError: (error) => toast.error("Could not start", { description: error.detail }),
      },
    );
  return (
    <Button loading={sync.isPending || state.running} onClick={start} aria-label="Sync templates with Meta">
      {!(sync.isPending || state.running) && <RefreshCw />}
      <span className="max-sm:hidden">{state.running ? "Syncing" : "Sync"}</span>
    </Button>
  );
}

/** What the last synchronisation found, in one quiet line. */
export function SyncNote({ state }: { state: SyncState }) {
  const format = useFormat();
  if (state.running) return <>Reading from Meta: {formatCount(state.seen, "template")} so far</>;
  if (!state.finishedAt) return null;
  return (
    <>
      {formatCount(state.seen, "template")} read from Meta {format.relative(state.finishedAt)}
    </>
  );
}
