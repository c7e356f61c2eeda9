import { Button } from "@aerostic/ui/button";
import { Combobox } from "@aerostic/ui/combobox";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { formatPhone } from "@aerostic/ui/lib/format";
import { useState } from "react";
import type { Contact } from "./api/list";
import { useContactSearch } from "./api/search";
import { nameOf } from "./contact";
import { MergeDialog } from "./merge-dialog";

interface MergeWithProps {
  contact: Contact;
  onClose: () => void;
  onMerged: (merged: Contact) => void;
}

/** Finds the contact that is the same person, and merges the two. */
export function MergeWith({ contact, onClose, onMerged }: MergeWithProps) {
  const [other, setOther] = useState<Contact>();
  const [sure, setSure] = useState(false);
  if (other && sure)
    return (
      <MergeDialog
        contact={contact}
        other={other}
        onOpenChange={(open) => !open && onClose()}
        onMerged={onMerged}
      />
    );
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Merge with another contact"
        description={
          <>
            Choose who is the same person as <bdi>{nameOf(contact)}</bdi>. Nothing is merged yet.
          </>
        }
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button variant="primary" disabled={!other} onClick={() => setSure(true)}>
              Continue
            </Button>
          </>
        }
      >
        <Picker contact={contact} value={other} onChange={setOther} />
      </DialogContent>
    </Dialog>
  );
}

interface PickerProps {
  contact: Contact;
  value?: Contact;
  onChange: (other: Contact) => void;
}

function Picker({ contact, value, onChange }: PickerProps) {
  const [text, setText] = useState("");
  const { data } = useContactSearch(useDebouncedValue(text));
  const found = (data?.items ?? []).filter(({ id }) => id !== contact.id);
  const all = value && !found.some(({ id }) => id === value.id) ? [value, ...found] : found;
  return (
    <Field label="Same person as">
      <Combobox
        options={all.map((one) => ({
          value: one.id,
          label: nameOf(one),
          hint: one.phone && one.name ? formatPhone(one.phone) : undefined,
          keywords: [text], // the server has decided what fits
        }))}
        value={value?.id}
        placeholder="Choose a contact"
        search="Search by name or number"
        empty="Nobody found"
        onSearch={setText}
        onValueChange={(id) => {
          const one = all.find((known) => known.id === id);
          if (one) onChange(one);
        }}
      />
    </Field>
  );
}
