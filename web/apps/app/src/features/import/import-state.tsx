import { Badge, type Tone } from "@aerostic/ui/badge";
import type { Import } from "./api/list";

const states: Record<Import["state"], { label: string; tone: Tone }> = {
  uploaded: { label: "Not started", tone: "warning" },
  running: { label: "Running", tone: "info" },
  tried: { label: "Tried", tone: "warning" },
  done: { label: "Done", tone: "success" },
  cancelled: { label: "Cancelled", tone: "neutral" },
  failed: { label: "Failed", tone: "danger" },
  undoing: { label: "Being undone", tone: "info" },
  undone: { label: "Undone", tone: "neutral" },
};

export function ImportBadge({ state }: { state: Import["state"] }) {
  const { label, tone } = states[state];
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}
