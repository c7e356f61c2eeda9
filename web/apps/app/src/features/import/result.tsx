import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatBytes, formatCount, formatDuration, formatNumber } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import { Upload, UsersRound } from "lucide-react";
import { useTags } from "@/features/contact/api/tags";
import { useFormat } from "@/lib/format";
import type { Import } from "./api/list";
import { Counts } from "./counts";
import { ErrorFile } from "./error-file";
import { UndoCard } from "./undo-card";

/** What came of an import, and the rows that need fixing. */
export function ImportResult({ data }: { data: Import }) {
  return (
    <>
      <Outcome data={data} />
      <Counts data={data} />
      {data.hasErrors && <ErrorFile data={data} />}
      <ImportFacts data={data} />
      {data.created + data.updated > 0 && <UndoCard data={data} />}
      <NextSteps data={data} />
    </>
  );
}

function Outcome({ data }: { data: Import }) {
  const imported = formatCount(data.created + data.updated, "person", "people");
  if (data.state === "failed") {
    return (
      <Alert tone="danger" title="The import failed">
        {data.reason || "It could not go on."} {data.rows > 0 && `${imported} were imported before that.`}
      </Alert>
    );
  }
  if (data.state === "cancelled") {
    return (
      <Alert tone="info" title="The import was cancelled">
        {data.rows > 0 ? `${imported} were imported before that and stay.` : "Nothing was imported."}
      </Alert>
    );
  }
  return (
    <Alert tone="success" title={`Import finished: ${imported}`}>
      {data.invalid > 0
        ? `${formatCount(data.invalid, "row")} need fixing and were left out.`
        : "Every row was read."}
    </Alert>
  );
}

/** The file, and when and how it was imported. */
export function ImportFacts({ data }: { data: Import }) {
  const format = useFormat();
  const seconds =
    data.startedAt && data.finishedAt
      ? (new Date(data.finishedAt).getTime() - new Date(data.startedAt).getTime()) / 1000
      : undefined;
  const perSecond = seconds && seconds >= 1 ? Math.round(data.rows / seconds) : undefined;
  return (
    <Card>
      <CardHeader title="Details" divided />
      <DescriptionList className="px-4 py-2">
        <DescriptionItem label="File">
          {data.fileName} ({formatBytes(data.size)})
        </DescriptionItem>
        <DescriptionItem label="Rows read">{formatNumber(data.rows)}</DescriptionItem>
        {data.startedAt && (
          <DescriptionItem label="Started">{format.dateTime(data.startedAt)}</DescriptionItem>
        )}
        {seconds !== undefined && (
          <DescriptionItem label="Took">
            {seconds < 1 ? "Under a second" : formatDuration(seconds)}
            {perSecond !== undefined && `, ${formatNumber(perSecond)} rows a second`}
          </DescriptionItem>
        )}
        {data.options.list && <DescriptionItem label="List">{data.options.list}</DescriptionItem>}
        {data.options.optIn && (
          <DescriptionItem label="Consent">
            {data.options.optIn.source}: {data.options.optIn.evidence}
          </DescriptionItem>
        )}
      </DescriptionList>
    </Card>
  );
}

function NextSteps({ data }: { data: Import }) {
  const { data: tags } = useTags();
  const list = tags?.items.find(({ kind, name }) => kind === "list" && name === data.options.list);
  return (
    <div className="flex flex-wrap justify-end gap-2">
      <Button asChild>
        <Link to="/contacts/import">
          <Upload /> Import another file
        </Link>
      </Button>
      <Button asChild variant="primary">
        <Link to="/contacts" search={list ? { tag: list.id } : {}}>
          <UsersRound /> {list ? `Show ${list.name}` : "Show contacts"}
        </Link>
      </Button>
    </div>
  );
}
