import { Badge } from "@aerostic/ui/badge";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Funnel } from "@aerostic/ui/funnel";
import { formatNumber } from "@aerostic/ui/lib/format";
import { useNavigate } from "@tanstack/react-router";
import { useTemplate } from "@/features/template/api/template";
import type { PeopleFilter } from "../api/people";
import type { Sequence, Step, StepReport } from "../api/sequence";
import { waitText } from "../sequence";

interface StepFunnelProps {
  sequence: Sequence;
  report: StepReport;
  /** Absent: only an earlier version has it. */
  step: Step | undefined;
  number: number;
}

/** How far people got with one step, and who did not; each number opens its people. */
export function StepFunnel({ sequence: { id }, report, step, number }: StepFunnelProps) {
  const navigate = useNavigate();
  const { data: template } = useTemplate(step?.templateId);
  const { stepId } = report;
  const open = (filter: PeopleFilter) => () =>
    void navigate({ to: "/sequences/$id/people", params: { id }, search: { stepId, ...filter } });
  const stages = (["reached", "sent", "delivered", "read", "replied"] as const).map((outcome) => ({
    label: stageLabels[outcome],
    value: report[outcome],
    onClick: open({ outcome }),
  }));
  const others = (["queued", "failed", "refused", "cancelled", "unsure"] as const).filter(
    (outcome) => report[outcome] > 0,
  );
  return (
    <Card>
      <CardHeader
        title={step ? `Step ${number}` : "A step of an earlier version"}
        description={
          step ? `${waitText(step, number === 1)}${template ? ` · ${template.name}` : ""}` : undefined
        }
        action={!report.live && <Badge tone="outline">No longer sent</Badge>}
      />
      <CardBody className="flex flex-col gap-3">
        <Funnel stages={stages} />
        {(others.length > 0 || report.left.length > 0) && (
          <ul className="flex flex-wrap gap-x-4 gap-y-1.5 text-sm">
            {others.map((outcome) => (
              <Count
                key={outcome}
                label={otherLabels[outcome]}
                n={report[outcome]}
                onClick={open({ outcome })}
              />
            ))}
            {report.left.map(({ reason, title, people }) => (
              <Count key={reason} label={`Left after it: ${title}`} n={people} onClick={open({ reason })} />
            ))}
          </ul>
        )}
      </CardBody>
    </Card>
  );
}

const stageLabels = {
  reached: "Their turn",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  replied: "Replied",
};

const otherLabels = {
  queued: "On the way to WhatsApp",
  failed: "Failed",
  refused: "Not sent",
  cancelled: "Left just before",
  unsure: "In doubt",
};

function Count({ label, n, onClick }: { label: string; n: number; onClick: () => void }) {
  return (
    <li className="text-muted-foreground">
      <button
        type="button"
        onClick={onClick}
        className="rounded-sm text-left outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
      >
        {label}
      </button>{" "}
      <span className="font-medium text-foreground">{formatNumber(n)}</span>
    </li>
  );
}
