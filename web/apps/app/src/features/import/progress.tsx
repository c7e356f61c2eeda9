import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatBytes, formatDuration, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { LabelledProgress } from "@aerostic/ui/progress";
import { CircleStop } from "lucide-react";
import { useEffect, useState } from "react";
import { useCancelImport } from "./api/cancel";
import type { Import } from "./api/list";
import { Counts } from "./counts";
import { ImportSteps } from "./import-steps";
import { type Mark, pace, remember } from "./pace";

/** A running import: how far, how fast, how long still, and the way to stop it. */
export function ImportProgress({ data }: { data: Import }) {
  const [asking, setAsking] = useState(false);
  const cancel = useCancelImport();
  const speed = usePace(data);
  return (
    <>
      <ImportSteps current="import" />
      <Card>
        <CardHeader
          title={data.dryRun ? "Trying it: nothing is written" : "Importing"}
          description="It goes on when you leave this page."
          action={
            <Button onClick={() => setAsking(true)}>
              <CircleStop /> Cancel
            </Button>
          }
        />
        <CardBody className="flex flex-col gap-2">
          <LabelledProgress
            title={`${formatNumber(data.rows)} rows`}
            label="Import"
            value={data.read}
            max={Math.max(1, data.size)}
          />
          <p className="flex flex-wrap justify-between gap-x-3 text-muted-foreground text-xs" aria-live="off">
            <span>
              {formatBytes(data.read)} of {formatBytes(data.size)}
            </span>
            <span>
              {speed
                ? `${formatNumber(Math.round(speed.rowsPerSecond))} rows a second · about ${formatDuration(speed.secondsLeft)} left`
                : "Starting"}
            </span>
          </p>
        </CardBody>
      </Card>
      <Counts data={data} />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title={data.dryRun ? "Stop trying?" : "Cancel this import?"}
        description={
          data.dryRun
            ? "Nothing was imported. The file is forgotten; upload it again to import it."
            : "It stops after the rows being written now. The people imported so far stay, with their tags and list."
        }
        confirm={data.dryRun ? "Stop" : "Cancel the import"}
        onConfirm={() => cancel.mutateAsync({ params: { path: { id: data.id } } })}
      >
        <ProblemAlert error={cancel.error} />
      </ConfirmDialog>
    </>
  );
}

function usePace({ rows, read, size }: Import) {
  const [marks, setMarks] = useState<Mark[]>([]);
  useEffect(() => setMarks((known) => remember(known, { at: Date.now(), rows, read })), [rows, read]);
  return pace(marks, size);
}
