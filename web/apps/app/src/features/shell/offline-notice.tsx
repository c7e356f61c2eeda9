import { CloudOff } from "lucide-react";
import { useOutbox } from "@/lib/outbox";
import { useOnline } from "@/lib/use-online";

/** A strip above every screen while there is no line. */
export function OfflineNotice() {
  const online = useOnline();
  const waiting = useOutbox().queued.filter(({ state }) => state !== "refused").length;
  if (online) return null;
  return (
    <div role="status" className="flex items-center gap-2.5 border-b bg-warning-soft px-4 py-2 text-sm">
      <CloudOff aria-hidden className="size-4 shrink-0 text-warning" />
      <p className="min-w-0 flex-1">
        You are offline and see what was loaded last.
        {waiting > 0 &&
          ` ${waiting === 1 ? "1 message goes" : `${waiting} messages go`} out when you are back.`}
      </p>
    </div>
  );
}
