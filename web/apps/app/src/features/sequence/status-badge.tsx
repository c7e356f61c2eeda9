import { Badge } from "@aerostic/ui/badge";
import type { SequenceStatus } from "./api/sequences";
import { statusLooks } from "./sequence";

export function SequenceStatusBadge({ status }: { status: SequenceStatus }) {
  const { label, tone } = statusLooks[status];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}
