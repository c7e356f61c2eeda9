import { $api, type components } from "@aerostic/api-client";
import { Badge } from "@aerostic/ui/badge";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SettingCard } from "@/features/settings/setting-card";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { SettingRow } from "@/features/settings/setting-row";
import { useClosingReasons } from "../api/reasons";

type Reason = components["schemas"]["ConversationReason"];

function useReasonActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/closing-reasons"] }),
  };
  return {
    add: $api.useMutation("post", "/api/closing-reasons", options),
    edit: $api.useMutation("patch", "/api/closing-reasons/{id}", options),
  };
}

/** Why conversations are closed, as the workspace words it. */
export function ReasonsCard() {
  const reasons = useClosingReasons();
  const [open, setOpen] = useState<Reason | "new">();
  const list = (reasons.data?.items ?? []) as Reason[];
  return (
    <>
      <SettingCard
        title="Closing reasons"
        description="Asked when a conversation is resolved, and counted in the reports."
        add="New reason"
        onAdd={() => setOpen("new")}
        query={reasons}
        empty={list.length === 0 && "There is no reason yet. Make some: solved, not our customer, spam."}
      >
        <ul className="flex flex-col divide-y">
          {list.map((reason) => (
            <SettingRow
              key={reason.id}
              name={reason.name}
              badge={reason.archived && <Badge>Not offered</Badge>}
              onChange={() => setOpen(reason)}
            />
          ))}
        </ul>
      </SettingCard>
      {open && <ReasonDialog reason={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function ReasonDialog({ reason, onClose }: { reason?: Reason; onClose: () => void }) {
  const { add, edit } = useReasonActions();
  const [name, setName] = useState(reason?.name ?? "");
  const [archived, setArchived] = useState(reason?.archived ?? false);
  return (
    <SettingDialog
      title={reason ? reason.name : "New closing reason"}
      onClose={onClose}
      onSave={() =>
        reason
          ? edit.mutateAsync({ params: { path: { id: reason.id } }, body: { name, archived } })
          : add.mutateAsync({ body: { name } })
      }
    >
      <Field label="Name">
        <Input
          autoFocus
          dir="auto"
          maxLength={80}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {reason && (
        <CheckboxField
          label="Offer it no more; what was closed with it keeps it"
          checked={archived}
          onCheckedChange={(on) => setArchived(on === true)}
        />
      )}
    </SettingDialog>
  );
}
