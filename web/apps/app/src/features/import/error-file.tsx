import { download } from "@aerostic/api-client";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { toast } from "@aerostic/ui/toast";
import { Download } from "lucide-react";
import { useState } from "react";
import type { Import } from "./api/list";

/** The rows that were refused, to be mended and imported again. */
export function ErrorFile({ data }: { data: Import }) {
  return (
    <Card>
      <CardHeader
        title="Rows that need fixing"
        description="A CSV with each row's number, the reason, and the row as it was. Mend it in your spreadsheet and import that file; the titles stay the same."
      />
      <CardBody>
        <FileButton data={data} file="errors.csv" suffix="to-fix">
          Download the rows that need fixing
        </FileButton>
      </CardBody>
    </Card>
  );
}

interface FileButtonProps {
  data: Import;
  /** The file of the import, and what its name ends in. */
  file: "errors.csv" | "undo.csv";
  suffix: string;
  children: string;
}

/** Fetches a file of an import. */
export function FileButton({ data, file, suffix, children }: FileButtonProps) {
  const [busy, setBusy] = useState(false);
  const fetchFile = async () => {
    setBusy(true);
    const name = data.fileName.replace(/\.[^.]*$/, "");
    await download(`/api/imports/${data.id}/${file}`, `${name}-${suffix}.csv`).catch((error) =>
      toast.error("Could not download", { description: error.detail }),
    );
    setBusy(false);
  };
  return (
    <Button loading={busy} onClick={fetchFile}>
      <Download /> {children}
    </Button>
  );
}
