import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Select } from "@aerostic/ui/select";
import { useCan } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import type { Contact } from "./api/list";
import { useOwnerOptions } from "./owner-options";
import { nobody, useStageOptions } from "./stage-options";
import { useMove } from "./use-move";

/** Where a contact stands and who looks after it, to be changed in place. */
export function ContactWork({ contact }: { contact: Contact }) {
  const canWrite = useCan("contact.write");
  const format = useFormat();
  const { options } = useStageOptions();
  const owners = useOwnerOptions();
  const { move, pending } = useMove();
  return (
    <div className="grid grid-cols-2 gap-3">
      <Field label="Stage" hint={contact.stageAt && `Since ${format.relative(contact.stageAt)}`}>
        <Select
          options={options}
          value={contact.stageId ?? nobody}
          disabled={!canWrite || pending}
          onValueChange={(stageId) => move(contact, { stageId })}
        />
      </Field>
      <Field label="Owner">
        <Combobox
          options={owners.options}
          value={contact.ownerId ?? nobody}
          placeholder="Former member"
          disabled={!canWrite || pending}
          onValueChange={(ownerId) => move(contact, { ownerId })}
          search="Search members"
        />
      </Field>
    </div>
  );
}
