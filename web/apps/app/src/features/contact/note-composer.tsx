import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { useState } from "react";
import { useOnce } from "@/lib/use-once";
import { useAddNote } from "./api/add-note";

/** Writes a note on a contact. */
export function NoteComposer({ contact }: { contact: string }) {
  const [body, setBody] = useState("");
  const add = useAddNote();
  const once = useOnce();
  const save = () =>
    once({ contact, body }, (header) =>
      add.mutateAsync({ params: { path: { id: contact }, header }, body: { body } }),
    ).then(
      () => setBody(""),
      () => undefined, // shown from the mutation's error
    );
  return (
    <form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (body.trim()) save();
      }}
    >
      <Field label="Note" hint="Members of the workspace see it, the contact does not">
        <Textarea
          value={body}
          maxLength={4000}
          dir="auto"
          className="min-h-15"
          onChange={(event) => setBody(event.target.value)}
        />
      </Field>
      <ProblemAlert error={add.error} />
      <Button type="submit" className="self-end" disabled={!body.trim()} loading={add.isPending}>
        Add note
      </Button>
    </form>
  );
}
