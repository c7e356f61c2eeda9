import { Badge } from "@aerostic/ui/badge";
import type { Template } from "./api/templates";
import { qualities, templateStatus } from "./status";

export function TemplateStatusBadge({ status }: { status: string }) {
  const { label, tone } = templateStatus(status);
  return (
    <Badge tone={tone} dot>
      {label}
    </Badge>
  );
}

/** How people take to it, as Meta rates it. */
export function QualityBadge({ quality }: { quality: Template["quality"] }) {
  const { label, tone } = qualities[quality] ?? qualities.UNKNOWN;
  return <Badge tone={tone}>{label}</Badge>;
}
