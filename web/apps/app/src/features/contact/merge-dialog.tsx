import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useFields } from "./api/fields";
import type { Contact } from "./api/list";
import { useMergeContacts } from "./api/merge";
import { consentNames, nameOf } from "./contact";
import { type Clash, clashesOf, mergedConsent } from "./merge-values";
import { changeWords } from "./timeline-kinds";

interface MergeDialogProps {
  contact: Contact;
  other: Contact;
  onOpenChange: (open: boolean) => void;
  /** What to do with the one contact that is left; its page opens otherwise. */
  onMerged?: (merged: Contact) => void;
}

/** Makes one contact of two, value by value where they differ. */
export function MergeDialog({ contact, other, onOpenChange, onMerged }: MergeDialogProps) {
  const navigate = useNavigate();
  const merge = useMergeContacts();
  const [take, setTake] = useState<string[]>([]);
  const clashes = clashesOf(contact, other);
  const choose = (field: string, theirs: boolean) =>
    setTake((old) => (theirs ? [...old, field] : old.filter((known) => known !== field)));
  const save = () =>
    merge.mutate(
      { params: { path: { id: contact.id } }, body: { otherId: other.id, take } },
      {
        onSuccess: (merged) => {
          onOpenChange(false);
          toast.success("Merged", { description: "The timeline has a way to separate them again." });
          if (onMerged) onMerged(merged);
          else navigate({ to: "/contacts/$id", params: { id: merged.id } });
        },
      },
    );
  return (
    <Dialog open onOpenChange={onOpenChange}>
      <DialogContent
        title="Merge two contacts"
        description="Messages, notes, tags and campaigns of both come together. In running campaigns the person gets one message."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button variant="primary" loading={merge.isPending} onClick={save}>
              Merge
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4">
          {clashes.length === 0 && (
            <p className="text-sm">
              Nothing differs between <span dir="auto">{nameOf(contact)}</span> and{" "}
              <span dir="auto">{nameOf(other)}</span>; what one of them lacks comes from the other.
            </p>
          )}
          {clashes.map((clash) => (
            <Choice
              key={clash.field}
              clash={clash}
              theirs={take.includes(clash.field)}
              onChoose={(theirs) => choose(clash.field, theirs)}
            />
          ))}
          <Consent contact={contact} other={other} />
          <ProblemAlert error={merge.error} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

function Choice({
  clash,
  theirs,
  onChoose,
}: {
  clash: Clash;
  theirs: boolean;
  onChoose: (theirs: boolean) => void;
}) {
  const { data } = useFields();
  const label = (key: string) => data?.items.find((field) => field.key === key)?.label ?? key;
  const { name } = changeWords({ field: clash.field }, label);
  const words = (value: string) => (clash.field === "phone" ? formatPhone(value) : value);
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1.5 font-medium text-sm">{name}</legend>
      <RadioGroup
        aria-label={name}
        value={theirs ? "theirs" : "mine"}
        onValueChange={(value) => onChoose(value === "theirs")}
        className="grid gap-2 sm:grid-cols-2"
      >
        <RadioCard value="mine" label={words(clash.mine)} />
        <RadioCard value="theirs" label={words(clash.theirs)} />
      </RadioGroup>
    </fieldset>
  );
}

function Consent({ contact, other }: { contact: Contact; other: Contact }) {
  const state = mergedConsent(contact, other);
  if (contact.optIn.state === other.optIn.state) return null;
  return (
    <Alert tone="info" title={`Marketing consent: ${consentNames[state]}`}>
      {state === "out" ? "One of the two opted out, and that holds." : "One of the two opted in."}
    </Alert>
  );
}
