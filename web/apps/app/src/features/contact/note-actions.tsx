import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useDeleteNote } from "./api/delete-note";
import { useEditNote } from "./api/edit-note";
import type { Entry } from "./api/timeline";

type Note = NonNullable<Entry["note"]>;

/** Change and delete, for those who may. */
export function NoteActions({ contact, note }: { contact: string; note: Note }) {
  const me = useMe();
  const canWrite = useCan("contact.write");
  const manages = useCan("contact.import");
  const [asking, setAsking] = useState<"edit" | "delete">();
  const mine = note.by.id === me.user.id;
  if (!canWrite || (!mine && !manages)) return null;
  const close = (open: boolean) => !open && setAsking(undefined);
  return (
    <div className="mt-1 -ml-2 flex gap-1">
      {mine && (
        <Button size="xs" variant="ghost" onClick={() => setAsking("edit")}>
          Change
        </Button>
      )}
      <Button size="xs" variant="ghost" onClick={() => setAsking("delete")}>
        Delete
      </Button>
      {asking === "edit" && <EditNote contact={contact} note={note} onOpenChange={close} />}
      {asking === "delete" && <DeleteNote contact={contact} note={note} onOpenChange={close} />}
    </div>
  );
}

interface AskProps {
  contact: string;
  note: Note;
  onOpenChange: (open: boolean) => void;
}

function EditNote({ contact, note, onOpenChange }: AskProps) {
  const [body, setBody] = useState(note.body);
  const edit = useEditNote();
  const save = () =>
    edit.mutate(
      { params: { path: { id: contact, noteId: note.id } }, body: { body } },
      { onSuccess: () => onOpenChange(false) },
    );
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent
        title="Change the note"
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button variant="primary" disabled={!body.trim()} loading={edit.isPending} onClick={save}>
              Save
            </Button>
          </>
        }
      >
        <Field label="Note">
          <Textarea
            value={body}
            maxLength={4000}
            dir="auto"
            onChange={(event) => setBody(event.target.value)}
          />
        </Field>
        <ProblemAlert error={edit.error} />
      </DialogContent>
    </Dialog>
  );
}

function DeleteNote({ contact, note, onOpenChange }: AskProps) {
  const remove = useDeleteNote();
  return (
    <ConfirmDialog
      open
      onOpenChange={onOpenChange}
      destructive
      title="Delete this note?"
      description="It is gone for good, for everybody."
      confirm="Delete"
      onConfirm={() => remove.mutateAsync({ params: { path: { id: contact, noteId: note.id } } })}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
