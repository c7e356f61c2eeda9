import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useImport } from "./api/get";
import type { Import } from "./api/list";
import { ImportBadge } from "./import-state";
import { ImportWizard } from "./import-wizard";
import { ImportProgress } from "./progress";
import { ImportResult } from "./result";
import { TriedResult } from "./tried";
import { UndoResult } from "./undo-result";
import { useImportEvents } from "./use-import-events";

/** One import, wherever it stands: to be mapped, running, or ended. */
export function ImportScreen({ id }: { id: string }) {
  const { data, error, refetch } = useImport(id);
  useImportEvents(id);
  return (
    <Page
      title={data?.fileName ?? "Import contacts"}
      badge={data && <ImportBadge state={data.state} />}
      back={
        <Link to="/contacts/import" aria-label="All imports">
          <BackIcon />
        </Link>
      }
    >
      {data ? (
        <PageBody width={data.state === "uploaded" ? "full" : "form"}>
          <Stage data={data} />
        </PageBody>
      ) : error ? (
        <PageBody width="form">
          <ProblemAlert error={error} onRetry={() => refetch()} />
        </PageBody>
      ) : (
        <RoutePending />
      )}
    </Page>
  );
}

function Stage({ data }: { data: Import }) {
  if (data.state === "uploaded") return <ImportWizard uploaded={data} />;
  if (data.state === "running") return <ImportProgress data={data} />;
  if (data.state === "tried") return <TriedResult data={data} />;
  if (data.state === "undoing" || data.state === "undone") return <UndoResult data={data} />;
  return <ImportResult data={data} />;
}
