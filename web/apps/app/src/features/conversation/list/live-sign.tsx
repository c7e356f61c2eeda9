import { Badge } from "@aerostic/ui/badge";
import { useSyncExternalStore } from "react";

/** Whether news come in by themselves. */
export function LiveSign() {
  const online = useSyncExternalStore(hear, () => navigator.onLine);
  return online ? (
    <Badge tone="success" dot>
      Live
    </Badge>
  ) : (
    <Badge tone="warning" dot>
      No line
    </Badge>
  );
}

function hear(notify: () => void): () => void {
  addEventListener("online", notify);
  addEventListener("offline", notify);
  return () => {
    removeEventListener("online", notify);
    removeEventListener("offline", notify);
  };
}
