import { $api } from "@aerostic/api-client";
import { Badge } from "@aerostic/ui/badge";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Segmented } from "@aerostic/ui/segmented";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { SettingCard } from "@/features/settings/setting-card";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { SettingRow } from "@/features/settings/setting-row";
import { useAddLabel, useLabels } from "../api/labels";
import type { Label } from "../model";

type Tone = "neutral" | "info" | "success" | "warning" | "danger" | "violet";

const tones: { value: Tone; label: string }[] = [
  { value: "neutral", label: "Grey" },
  { value: "info", label: "Blue" },
  { value: "success", label: "Green" },
  { value: "warning", label: "Amber" },
  { value: "danger", label: "Red" },
];

function useLabelActions() {
  const client = useQueryClient();
  const options = { onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/labels"] }) };
  return {
    edit: $api.useMutation("patch", "/api/labels/{id}", options),
    remove: $api.useMutation("delete", "/api/labels/{id}", options),
  };
}

/** The words that conversations carry. */
export function LabelsCard() {
  const labels = useLabels();
  const { remove } = useLabelActions();
  const [open, setOpen] = useState<Label | "new">();
  const list = (labels.data?.items ?? []) as Label[];
  return (
    <>
      <SettingCard
        title="Labels"
        description="What a conversation is about: a refund, an order, a complaint. Lists, views and reports go by them."
        add="New label"
        onAdd={() => setOpen("new")}
        query={labels}
        empty={list.length === 0 && "There is no label yet. Make one here, or with L in a conversation."}
        problem={remove.error}
      >
        <ul className="flex flex-col divide-y">
          {list.map((label) => (
            <SettingRow
              key={label.id}
              name={label.name}
              badge={
                <Badge dot tone={label.tone as Tone}>
                  {tones.find(({ value }) => value === label.tone)?.label ?? "Violet"}
                </Badge>
              }
              onChange={() => setOpen(label)}
              onRemove={() => remove.mutate({ params: { path: { id: label.id } } })}
            />
          ))}
        </ul>
      </SettingCard>
      {open && <LabelDialog label={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function LabelDialog({ label, onClose }: { label?: Label; onClose: () => void }) {
  const add = useAddLabel();
  const { edit } = useLabelActions();
  const [name, setName] = useState(label?.name ?? "");
  const [tone, setTone] = useState((label?.tone as Tone) ?? "neutral");
  const body = { name, tone };
  return (
    <SettingDialog
      title={label ? label.name : "New label"}
      onClose={onClose}
      onSave={() =>
        label ? edit.mutateAsync({ params: { path: { id: label.id } }, body }) : add.mutateAsync({ body })
      }
    >
      <Field label="Name">
        <Input
          autoFocus
          dir="auto"
          maxLength={40}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <FieldGroup label="Colour">
        <Segmented label="Colour" fill value={tone} onValueChange={setTone} options={tones} />
      </FieldGroup>
    </SettingDialog>
  );
}
