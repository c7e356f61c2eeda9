import { Alert } from "@aerostic/ui/alert";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { LabelledProgress } from "@aerostic/ui/progress";
import { Stat, StatGroup } from "@aerostic/ui/stat";
import type { Import } from "./api/list";
import { FileButton } from "./error-file";
import { ImportFacts } from "./result";

/** An import being taken back, or taken back: what went, what has its former values, what stays. */
export function UndoResult({ data }: { data: Import }) {
  const { removed, restored, kept, hasKept } = data.undo;
  const changed = data.created + data.updated;
  return (
    <>
      {data.state === "undoing" ? (
        <Card>
          <CardHeader title="Undoing the import" description="It goes on when you leave this page." />
          <CardBody>
            <LabelledProgress
              title={formatCount(removed + restored, "contact")}
              label="Undo"
              value={Math.min(changed, removed + restored + kept)}
              max={Math.max(1, changed)}
            />
          </CardBody>
        </Card>
      ) : (
        <Alert tone="success" title="The import was undone">
          {kept > 0 ? "What was used or changed since stays as it is." : "Everything it did was taken back."}
        </Alert>
      )}
      <StatGroup>
        <Stat label="Removed" value={formatNumber(removed)} note="Contacts it had added" />
        <Stat label="Restored" value={formatNumber(restored)} note="Have their former values" />
        <Stat label="Kept" value={formatNumber(kept)} note="Used or changed since" />
      </StatGroup>
      {hasKept && data.state === "undone" && (
        <Card>
          <CardHeader
            title="What stays"
            description="A CSV with each contact or value that could not be taken back, and the reason."
          />
          <CardBody>
            <FileButton data={data} file="undo.csv" suffix="kept">
              Download what stays
            </FileButton>
          </CardBody>
        </Card>
      )}
      <ImportFacts data={data} />
    </>
  );
}
