import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { FileDrop } from "@aerostic/ui/file-drop";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link, useNavigate } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useRef, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { useUploadImport } from "./api/upload";
import { ImportSteps } from "./import-steps";
import { RecentImports } from "./recent-imports";

const maxBytes = 200 * 1024 * 1024;

/** The first step of an import: a file. Below, the imports there were. */
export function UploadScreen() {
  const navigate = useNavigate();
  const upload = useUploadImport();
  const [file, setFile] = useState<File>();
  const [progress, setProgress] = useState<number>();
  const abort = useRef<AbortController>(undefined);

  const take = (next: File | undefined) => {
    abort.current?.abort();
    upload.reset();
    setFile(next);
    setProgress(next && 0);
    if (!next) return;
    abort.current = new AbortController();
    upload.mutate(
      { file: next, onProgress: setProgress, signal: abort.current.signal },
      { onSuccess: ({ id }) => navigate({ to: "/contacts/import/$id", params: { id } }) },
    );
  };
  const canImport = useCan("contact.import");
  const broken = upload.error && !(upload.error instanceof DOMException) ? upload.error : undefined;

  return (
    <Page
      title="Import contacts"
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
    >
      {canImport ? (
        <PageBody width="form">
          <ImportSteps current="file" />
          <Card>
            <CardHeader
              title="Choose a file"
              description="One row per person, with a phone number in one of the columns. Nothing is imported before you have seen it."
            />
            <CardBody className="flex flex-col gap-3">
              {broken && <ProblemAlert error={broken} />}
              <FileDrop
                label="Drop an Excel or CSV file here"
                hint="XLSX (its first sheet), or CSV in any usual encoding and with any separator, up to 200 MB"
                accept=".xlsx,.csv,.tsv,.txt,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,text/csv,text/plain,text/tab-separated-values"
                maxBytes={maxBytes}
                file={broken ? undefined : file}
                onFile={take}
                progress={progress}
              />
              {progress === 1 && upload.isPending && (
                <p role="status" className="text-muted-foreground text-xs">
                  Uploaded. Reading the first rows…
                </p>
              )}
              <p className="text-muted-foreground text-xs">
                From Excel or Google Sheets: upload the XLSX as it is. In a CSV, format the phone column as
                text first, or long numbers lose their last digits.
              </p>
            </CardBody>
          </Card>
          <RecentImports />
        </PageBody>
      ) : (
        <EmptyState icon={Lock} title="Your role cannot import" className="flex-1">
          Ask an owner or admin of the workspace to import the file, or to change your role.
        </EmptyState>
      )}
    </Page>
  );
}
