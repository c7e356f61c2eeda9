import { download } from "@aerostic/api-client";
import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { LabelledProgress } from "@aerostic/ui/progress";
import { toast } from "@aerostic/ui/toast";
import { Download, FileArchive } from "lucide-react";
import { useFormat } from "@/lib/format";
import { useOnce } from "@/lib/use-once";
import { useEraseContact } from "./api/erase";
import { useExportContact } from "./api/export";
import type { Contact } from "./api/list";
import { type ContactRequest, useContactRequests } from "./api/requests";
import { nameOf } from "./contact";

interface AskProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  contact: Contact;
}

/** Collects everything kept about a person into a file, and hands it out. */
export function ExportDialog({ contact, open, onOpenChange }: AskProps) {
  const requests = useContactRequests(contact.id, open);
  const start = useExportContact();
  const once = useOnce();
  const begin = () =>
    once(contact.id, (header) => start.mutateAsync({ params: { path: { id: contact.id }, header } })).catch(
      () => undefined, // shown from the mutation's error
    );
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title={`Export everything about ${nameOf(contact)}`}
        description="What is known, the timeline and every message, as a page for people and as JSON for programs. Exports are kept for seven days."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Close</Button>
            <Button variant="primary" loading={start.isPending} onClick={begin}>
              <FileArchive /> Export now
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-3">
          <ProblemAlert error={start.error ?? requests.error} />
          {requests.data?.items
            .filter(({ kind }) => kind === "export")
            .map((request) => (
              <ExportRow key={request.id} request={request} />
            ))}
        </div>
      </DialogContent>
    </Dialog>
  );
}

function ExportRow({ request }: { request: ContactRequest }) {
  const format = useFormat();
  const fetchFile = () =>
    download(`/api/contact-requests/${request.id}/export.zip`, "contact-export.zip").catch((error) =>
      toast.error("Could not download", { description: error.detail }),
    );
  if (request.state === "running") {
    return (
      <LabelledProgress
        title="Collecting"
        label="Export"
        value={request.done}
        max={Math.max(1, request.total)}
      />
    );
  }
  return (
    <div className="flex items-center justify-between gap-3 text-sm">
      <span>
        {request.state === "failed" ? request.reason : format.dateTime(request.createdAt)}
        {request.madeBy && <span className="block text-muted-foreground text-xs">{request.madeBy}</span>}
      </span>
      {request.state === "done" && (
        <Button size="sm" onClick={fetchFile}>
          <Download /> Download
        </Button>
      )}
    </div>
  );
}

/** Erases a person on their request. */
export function EraseDialog({ contact, onErased, ...dialog }: AskProps & { onErased: () => void }) {
  const erase = useEraseContact();
  const once = useOnce();
  return (
    <ConfirmDialog
      {...dialog}
      destructive
      title={`Erase ${nameOf(contact)}?`}
      description="Name, numbers, fields, timeline, notes, the text of every message and their rows in import files are erased for good, in the background. Counts and money stay as they are. A file with their number will not bring them back."
      confirm="Erase this person"
      onConfirm={async () => {
        await once(contact.id, (header) =>
          erase.mutateAsync({ params: { path: { id: contact.id }, header } }),
        );
        toast.success("The person is being erased");
        onErased();
      }}
    >
      <ProblemAlert error={erase.error} />
    </ConfirmDialog>
  );
}
