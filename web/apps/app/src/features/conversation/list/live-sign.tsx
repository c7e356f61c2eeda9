import { Badge } from "@aerostic/ui/badge";
import { useOnline } from "@/lib/use-online";

/** Whether news come in by themselves. */
export function LiveSign() {
  return useOnline() ? (
    <Badge tone="success" dot>
      Live
    </Badge>
  ) : (
    <Badge tone="warning" dot>
      No line
    </Badge>
  );
}
