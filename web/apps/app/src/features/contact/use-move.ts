import { toast } from "@aerostic/ui/toast";
import { useEditContact } from "./api/edit";
import type { Contact } from "./api/list";
import { nobody } from "./stage-options";

/** Puts one contact into a stage, or gives it an owner; `nobody` takes away. */
export function useMove() {
  const edit = useEditContact();
  const move = (contact: Pick<Contact, "id">, body: { stageId?: string; ownerId?: string }) =>
    edit
      .mutateAsync({ params: { path: { id: contact.id } }, body: { ...body, ...emptied(body) } })
      .then(() => true)
      .catch((error) => {
        toast.error("Could not move the contact", { description: error.detail });
        return false;
      });
  return { move, pending: edit.isPending };
}

function emptied(body: { stageId?: string; ownerId?: string }) {
  return Object.fromEntries(Object.entries(body).map(([key, id]) => [key, id === nobody ? "" : id]));
}
