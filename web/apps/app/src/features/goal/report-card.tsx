import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CopyButton } from "@aerostic/ui/copy-button";
import { useGoals } from "./api/goals";

/** How a shop's own system tells what people did. */
export function ReportCard() {
  const key = useGoals().data?.items.find(({ archivedAt }) => !archivedAt)?.key ?? "purchase";
  const example = JSON.stringify(
    {
      events: [
        {
          eventId: "order-1042",
          goal: key,
          contact: { phone: "+91 98450 11001" },
          value: "1499.00",
          at: "2026-11-08T14:30:00Z",
        },
      ],
    },
    null,
    2,
  );
  return (
    <Card>
      <CardHeader
        title="Reporting conversions"
        description="Up to 1,000 events a request. Sending one again changes nothing: its id is counted once."
        action={<CopyButton value={example} what="the example" />}
      />
      <CardBody className="flex flex-col gap-3">
        <p className="text-sm">
          <code className="text-xs">POST {location.origin}/api/conversions</code>
        </p>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <pre tabIndex={0} className="focus-ring overflow-x-auto rounded-lg bg-muted p-3 font-mono text-xs">
          {example}
        </pre>
        <p className="text-muted-foreground text-xs">
          Name the person by phone, email, id or bsuid. Events may come late and in any order: what a campaign
          gets is the same.
        </p>
      </CardBody>
    </Card>
  );
}
