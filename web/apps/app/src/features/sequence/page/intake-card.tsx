import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Progress } from "@aerostic/ui/progress";
import { toast } from "@aerostic/ui/toast";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { AudienceFields } from "@/features/campaign/wizard/audience-fields";
import { hasAudience } from "@/features/campaign/wizard/steps";
import { useFormat } from "@/lib/format";
import { useOnce } from "@/lib/use-once";
import { type Audience, useIntakes, useLetIn } from "../api/intakes";
import type { Sequence } from "../api/sequence";

/** Letting an audience in, and how far earlier ones are. */
export function IntakeCard({ sequence }: { sequence: Sequence }) {
  const { data, error, refetch } = useIntakes(sequence.id);
  const format = useFormat();
  const maySend = useCan("campaign.send");
  const [choosing, setChoosing] = useState(false);
  return (
    <Card>
      <CardHeader
        title="Let people in"
        description="Everybody whom a segment, tag or list means now"
        action={
          maySend && (
            <Button onClick={() => setChoosing(true)}>
              <UserPlus /> Choose people
            </Button>
          )
        }
      />
      <CardBody>
        <ProblemAlert error={data ? undefined : error} onRetry={() => refetch()} />
        {data?.items.length === 0 && (
          <p className="text-muted-foreground text-sm">Nobody was let in by hand yet.</p>
        )}
        <ul className="flex flex-col gap-3">
          {data?.items.map(({ id, total, looked, entered, madeAt, finishedAt }) => (
            <li key={id} className="flex flex-col gap-1 text-sm">
              <span className="flex flex-wrap justify-between gap-x-4">
                {formatCount(entered, "person", "people")} came in
                <span className="text-muted-foreground text-xs">{format.dateTime(madeAt)}</span>
              </span>
              {finishedAt ? (
                looked > entered && (
                  <span className="text-muted-foreground text-xs">
                    {formatNumber(looked - entered)} were in it already, or had been
                  </span>
                )
              ) : (
                <Progress
                  label="People looked at"
                  value={looked}
                  max={Math.max(total, looked, 1)}
                  className="h-1"
                />
              )}
            </li>
          ))}
        </ul>
      </CardBody>
      {choosing && <IntakeDialog sequence={sequence} onClose={() => setChoosing(false)} />}
    </Card>
  );
}

function IntakeDialog({ sequence: { id, name }, onClose }: { sequence: Sequence; onClose: () => void }) {
  const [audience, setAudience] = useState<Audience>({});
  const [tried, setTried] = useState(false);
  const letIn = useLetIn();
  const once = useOnce();
  const submit = async () => {
    setTried(true);
    if (!hasAudience(audience)) return;
    const body = { audience };
    const made = await once({ id, ...body }, (header) =>
      letIn.mutateAsync({ params: { path: { id }, header }, body }),
    ).catch(() => undefined); // the dialog shows why
    if (!made) return;
    toast.success(`${formatCount(made.total, "person", "people")} on their way in`, { description: name });
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Let people in"
        description="Whoever is in it already, or may come in only once, is left out"
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" loading={letIn.isPending} onClick={() => void submit()}>
              Let them in
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          <AudienceFields audience={audience} onChange={setAudience} tried={tried} />
          <ProblemAlert error={letIn.error} />
        </div>
      </DialogContent>
    </Dialog>
  );
}
