import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { formatCount, formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { CellStack, Table, TD, TH, TR } from "@aerostic/ui/table";
import { Play } from "lucide-react";
import { useFields } from "@/features/contact/api/fields";
import { changeWords } from "@/features/contact/timeline-kinds";
import { useOnce } from "@/lib/use-once";
import { useCancelImport } from "./api/cancel";
import type { Import } from "./api/list";
import { useStartImport } from "./api/start";
import { Counts } from "./counts";
import { ErrorFile } from "./error-file";
import { ImportSteps } from "./import-steps";

/** What an import would do, and the one click to do it. */
export function TriedResult({ data }: { data: Import }) {
  return (
    <>
      <ImportSteps current="import" />
      <Alert tone="info" title="Nothing is imported yet">
        {formatCount(data.rows, "row")} were read as an import would read them.
        {data.invalid > 0 && ` ${formatCount(data.invalid, "row")} would be left out.`}
      </Alert>
      <Counts data={data} />
      {data.sample.length > 0 && <Sample data={data} />}
      {data.hasErrors && <ErrorFile data={data} />}
      <ForReal data={data} />
    </>
  );
}

function ForReal({ data }: { data: Import }) {
  const start = useStartImport();
  const cancel = useCancelImport();
  const once = useOnce();
  const begin = () => {
    const body = { ...data.options, dryRun: false };
    once(body, (header) => start.mutateAsync({ params: { path: { id: data.id }, header }, body })).catch(
      () => undefined, // shown from the mutation's error
    );
  };
  return (
    <>
      <ProblemAlert error={start.error ?? cancel.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button
          loading={cancel.isPending}
          onClick={() => cancel.mutate({ params: { path: { id: data.id } } })}
        >
          Discard
        </Button>
        <Button variant="primary" loading={start.isPending} onClick={begin}>
          <Play /> Import for real
        </Button>
      </div>
    </>
  );
}

function Sample({ data }: { data: Import }) {
  const { data: fields } = useFields();
  const label = (key: string) => fields?.items.find((field) => field.key === key)?.label ?? key;
  return (
    <Card>
      <CardHeader title="What would change" description="The first people who are contacts already" divided />
      <Table aria-label="What would change" className="table-fixed">
        <thead>
          <tr>
            <TH className="w-16">Row</TH>
            <TH>Contact</TH>
            <TH>Changes</TH>
          </tr>
        </thead>
        <tbody>
          {data.sample.map(({ row, name, phone, changes }) => (
            <TR key={row}>
              <TD>{row}</TD>
              <TD>
                <CellStack title={<span dir="auto">{name}</span>} note={phone && formatPhone(phone)} />
              </TD>
              <TD className="whitespace-normal">
                {changes.map((change) => {
                  const { name: what, from, to } = changeWords(change, label);
                  return (
                    <div key={change.field} className="break-words" dir="auto">
                      <span className="text-muted-foreground">{what}: </span>
                      {from && <del className="text-muted-foreground">{from}</del>} {to}
                    </div>
                  );
                })}
              </TD>
            </TR>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
