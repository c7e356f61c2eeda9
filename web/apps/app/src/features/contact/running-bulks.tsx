import { Button } from "@aerostic/ui/button";
import { LabelledProgress } from "@aerostic/ui/progress";
import { toast } from "@aerostic/ui/toast";
import { useQueryClient } from "@tanstack/react-query";
import { useCan } from "@/features/auth/api/me";
import { useRealtime } from "@/lib/realtime";
import { useBulks } from "./api/bulks";
import { useCancelBulk } from "./api/cancel-bulk";
import { useRefreshContacts } from "./api/refresh";
import type { Bulk } from "./api/start-bulk";
import { bulkDetail, bulkEnd, bulkTitle, mayCancel } from "./bulk";

/** What the topic "bulks" carries: feature/contact's BulkProgress. */
type Progress = Pick<Bulk, "state" | "reason" | "total" | "seen" | "changed"> & {
  id: string;
  kind: Bulk["action"]["kind"];
};

/** The bulks that run now, each with how far it is; nothing when none does. */
export function RunningBulks() {
  const running = useRunning();
  const cancel = useCancelBulk();
  const canWrite = useCan("contact.write");
  if (running.length === 0) return null;
  return (
    <ul className="flex shrink-0 flex-col gap-2 border-b bg-info-soft/40 px-3 py-2 md:px-4">
      {running.map(({ id = "", action, seen, total }) => (
        <li key={id} className="flex items-center gap-3">
          <div className="min-w-0 flex-1">
            <LabelledProgress
              title={bulkTitle(action.kind)}
              detail={bulkDetail({ seen, total })}
              label={bulkTitle(action.kind)}
              value={seen}
              max={Math.max(1, total ?? seen * 2)}
            />
          </div>
          {canWrite && mayCancel(action.kind) && (
            <Button
              size="sm"
              loading={cancel.isPending}
              onClick={() =>
                cancel.mutate(
                  { params: { path: { id } } },
                  { onError: (error) => toast.error("Could not stop it", { description: error.detail }) },
                )
              }
            >
              Stop
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Follows the live events; the end of one is told, and everything it touched is read afresh. */
function useRunning(): Bulk[] {
  const client = useQueryClient();
  const refresh = useRefreshContacts();
  const { data } = useBulks();
  useRealtime<Progress>("bulks", {
    onEvent: (event) => {
      if (event.state === "running") {
        client.setQueriesData<{ items: Bulk[] | null }>({ queryKey: ["get", "/api/bulks"] }, (known) =>
          merged(known, event),
        );
        return;
      }
      const tell = event.state === "failed" ? toast.error : toast.success;
      if (mayCancel(event.kind)) tell(bulkEnd(event));
      void refresh();
    },
    // A change on its way reads afresh by itself; read before it has arrived, a card would jump back.
    onGap: () => {
      if (client.isMutating() === 0) void refresh();
    },
  });
  return (data?.items ?? []).filter(({ state }) => state === "running");
}

function merged(known: { items: Bulk[] | null } | undefined, { kind, ...event }: Progress) {
  if (!known) return known;
  const items = known.items ?? [];
  if (items.some(({ id }) => id === event.id)) {
    return { ...known, items: items.map((bulk) => (bulk.id === event.id ? { ...bulk, ...event } : bulk)) };
  }
  const begun: Bulk = { ...event, action: { kind }, filter: {}, createdAt: new Date().toISOString() };
  return { ...known, items: [begun, ...items] };
}
