import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { useState } from "react";
import { useFields } from "./api/fields";
import type { BulkAction } from "./api/start-bulk";
import { FieldInput } from "./field-input";
import { useOwnerOptions } from "./owner-options";
import { nobody, useStageOptions } from "./stage-options";
import { useTagOptions } from "./tag-options";

export type BulkQuestion = "untag" | "stage" | "owner" | "field" | "optOut" | "delete";

interface BulkDialogProps {
  what: BulkQuestion;
  /** "12,840 contacts", "everybody in this list". */
  who: string;
  onClose: () => void;
  /** Rejects when it could not be started. */
  onStart: (action: BulkAction) => Promise<unknown>;
  error: unknown;
}

/** Asks what exactly is to happen to many contacts, and starts it. */
export function BulkDialog(props: BulkDialogProps) {
  const Ask = questions[props.what];
  return <Ask {...props} />;
}

type Asked = Omit<BulkDialogProps, "what">;

const questions: Record<BulkQuestion, (props: Asked) => React.ReactNode> = {
  untag: AskTag,
  stage: AskStage,
  owner: AskOwner,
  field: AskField,
  optOut: AskOptOut,
  delete: AskDelete,
};

function Ask({
  title,
  description,
  confirm,
  action,
  destructive,
  typed,
  children,
  onClose,
  onStart,
  error,
}: Asked & {
  title: string;
  description: string;
  confirm: string;
  action: BulkAction;
  destructive?: boolean;
  typed?: string;
  children?: React.ReactNode;
}) {
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      description={description}
      confirm={confirm}
      destructive={destructive}
      typed={typed}
      onConfirm={() => onStart(action)}
    >
      {children}
      <ProblemAlert error={error} />
    </ConfirmDialog>
  );
}

const goesOn = "It goes on in the background, and can be stopped.";

function AskTag(props: Asked) {
  const { options } = useTagOptions();
  const [tag, setTag] = useState<string>();
  return (
    <Ask
      {...props}
      title={`Take a tag from ${props.who}?`}
      description={goesOn}
      confirm="Remove tag"
      action={{ kind: "tags", remove: tag ? [tag] : [] }}
    >
      <Field label="Tag or list">
        <Combobox options={options} value={tag} onValueChange={setTag} search="Search tags and lists" />
      </Field>
    </Ask>
  );
}

function AskStage(props: Asked) {
  const { options } = useStageOptions();
  const [stage, setStage] = useState(nobody);
  return (
    <Ask
      {...props}
      title={`Set the stage of ${props.who}`}
      description={goesOn}
      confirm="Set stage"
      action={{ kind: "stage", stage: stage === nobody ? undefined : stage }}
    >
      <Field label="Stage">
        <Select options={options} value={stage} onValueChange={setStage} />
      </Field>
    </Ask>
  );
}

function AskOwner(props: Asked) {
  const { options } = useOwnerOptions();
  const [owner, setOwner] = useState(nobody);
  return (
    <Ask
      {...props}
      title={`Set the owner of ${props.who}`}
      description={goesOn}
      confirm="Set owner"
      action={{ kind: "owner", owner: owner === nobody ? undefined : owner }}
    >
      <Field label="Owner">
        <Combobox options={options} value={owner} onValueChange={setOwner} search="Search members" />
      </Field>
    </Ask>
  );
}

function AskField(props: Asked) {
  const { data } = useFields();
  const fields = data?.items ?? [];
  const [key, setKey] = useState<string>();
  const [value, setValue] = useState("");
  const field = fields.find((known) => known.key === key);
  return (
    <Ask
      {...props}
      title={`Set a field of ${props.who}`}
      description={
        fields.length > 0 ? goesOn : "There are no fields yet: an import makes them, or Fields does."
      }
      confirm={field && value === "" ? "Remove values" : "Set field"}
      action={{ kind: "field", field: key, value }}
    >
      <Field label="Field">
        <Combobox
          options={fields.map(({ key, label }) => ({ value: key, label }))}
          value={key}
          onValueChange={(next) => {
            setKey(next);
            setValue("");
          }}
          search="Search fields"
        />
      </Field>
      {field && (
        <Field label="Value" hint="Everybody gets it; without one, the values there are go">
          <FieldInput field={field} value={value} onChange={setValue} />
        </Field>
      )}
    </Ask>
  );
}

function AskOptOut(props: Asked) {
  const [reason, setReason] = useState("");
  return (
    <Ask
      {...props}
      destructive
      title={`Opt ${props.who} out of marketing?`}
      description="They get no marketing messages any more, until they say otherwise. An import does not bring them back."
      confirm="Opt out"
      action={{ kind: "optOut", reason: reason.trim() }}
    >
      <Field label="How it is known" hint="Kept as the proof" optional>
        <Input
          value={reason}
          maxLength={300}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
    </Ask>
  );
}

function AskDelete(props: Asked) {
  return (
    <Ask
      {...props}
      destructive
      typed="DELETE"
      title={`Delete ${props.who}?`}
      description="Names, emails, fields and tags are erased for good. Numbers and what people said about marketing stay on file, so that who opted out stays opted out."
      confirm="Delete"
      action={{ kind: "delete" }}
    />
  );
}
