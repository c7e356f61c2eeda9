import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { toast } from "@aerostic/ui/toast";
import { FlaskConical, Play } from "lucide-react";
import { useState } from "react";
import { useCreateTag } from "@/features/contact/api/create-tag";
import { useTagOptions } from "@/features/contact/tag-options";
import { useOnce } from "@/lib/use-once";
import type { Import } from "./api/list";
import { type ImportOptions, useStartImport } from "./api/start";
import type { ColumnChoice } from "./mapping";

interface OptionsStepProps {
  upload: Import;
  choices: ColumnChoice[];
  country?: string;
  hasHeader: boolean;
  onBack: () => void;
}

/** What happens to the people of the file: tags, a list, consent, and those who are contacts already. */
export function OptionsStep({ upload, choices, country, hasHeader, onBack }: OptionsStepProps) {
  const start = useStartImport();
  const once = useOnce();
  const [tags, setTags] = useState<string[]>([]);
  const [list, setList] = useState("");
  const [onDuplicate, setOnDuplicate] = useState<"update" | "skip">("update");
  const [agreed, setAgreed] = useState(false);
  const [source, setSource] = useState("");
  const [evidence, setEvidence] = useState("");
  const [checked, setChecked] = useState(false);
  const unproven = agreed && (!source.trim() || !evidence.trim());

  const begin = (dryRun: boolean) => {
    setChecked(true);
    if (unproven) return;
    const body: ImportOptions = {
      mapping: choices.map(({ target }) => target),
      labels: choices.map(({ label }) => label ?? ""),
      hasHeader,
      country,
      dryRun,
      onDuplicate,
      tags,
      list: list || undefined,
      optIn: agreed ? { source: source.trim(), evidence: evidence.trim() } : undefined,
    };
    once(body, (header) => start.mutateAsync({ params: { path: { id: upload.id }, header }, body })).catch(
      () => undefined,
    ); // shown from the mutation's error
  };

  return (
    <div className="mx-auto flex w-full max-w-3xl flex-col gap-4">
      <Card>
        <CardHeader title="Where they go" description="Given to everybody in the file" />
        <CardBody className="grid gap-4 sm:grid-cols-2">
          <Field label="Tags" optional>
            <TagsPicker value={tags} onChange={setTags} />
          </Field>
          <Field label="List" hint="People to send to: name a new one or pick one" optional>
            <ListPicker value={list} onChange={setList} />
          </Field>
        </CardBody>
      </Card>
      <Card>
        <CardHeader
          title="Marketing consent"
          description="Campaigns go only to people who did not opt out. Who opted out earlier stays out."
        />
        <CardBody className="flex flex-col gap-4">
          <CheckboxField
            label="Everybody in this file agreed to marketing messages"
            hint="Keep this off when some did not; a column with yes and no can say it per person."
            checked={agreed}
            onCheckedChange={(on) => setAgreed(on === true)}
          />
          {agreed && (
            <div className="grid gap-4 sm:grid-cols-2">
              <Field
                label="Where they agreed"
                error={checked && !source.trim() ? "Say where they agreed." : undefined}
              >
                <Input
                  value={source}
                  maxLength={100}
                  placeholder="Website form, shop counter"
                  onChange={(event) => setSource(event.target.value)}
                />
              </Field>
              <Field
                label="Proof"
                hint="The words they agreed to, or where the proof is kept"
                error={
                  checked && !evidence.trim() ? "Give the words, or where the proof is kept." : undefined
                }
              >
                <Input
                  value={evidence}
                  maxLength={300}
                  dir="auto"
                  onChange={(event) => setEvidence(event.target.value)}
                />
              </Field>
            </div>
          )}
        </CardBody>
      </Card>
      <Card>
        <CardHeader title="People who are contacts already" />
        <CardBody>
          <RadioGroup
            aria-label="People who are contacts already"
            value={onDuplicate}
            onValueChange={(next) => setOnDuplicate(next as typeof onDuplicate)}
            className="grid gap-2 sm:grid-cols-2"
          >
            <RadioCard
              value="update"
              label="Update them"
              hint="Cells that are not empty replace what is known"
            />
            <RadioCard
              value="skip"
              label="Leave them as they are"
              hint="They still get the tags and join the list"
            />
          </RadioGroup>
        </CardBody>
      </Card>
      <ProblemAlert error={start.error} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onBack}>Back</Button>
        <Button
          loading={start.isPending && start.variables?.body.dryRun === true}
          disabled={start.isPending}
          onClick={() => begin(true)}
        >
          <FlaskConical /> Try without importing
        </Button>
        <Button
          variant="primary"
          loading={start.isPending && !start.variables?.body.dryRun}
          disabled={start.isPending}
          onClick={() => begin(false)}
        >
          <Play /> Start import
        </Button>
      </div>
    </div>
  );
}

function TagsPicker({
  value,
  onChange,
  ...aria
}: {
  value: string[];
  onChange: (value: string[]) => void;
  id?: string;
}) {
  const { options } = useTagOptions("tag");
  const createTag = useCreateTag();
  const make = (name: string) =>
    createTag.mutate(
      { body: { name, kind: "tag" } },
      {
        onSuccess: (tag) => onChange([...value, tag.id]),
        onError: (error) => toast.error("Could not make the tag", { description: error.detail }),
      },
    );
  return (
    <MultiCombobox
      {...aria}
      options={options}
      value={value}
      onValueChange={onChange}
      placeholder="Choose tags"
      search="Search tags"
      onCreate={make}
      createLabel={(text) => `Make the tag “${text}”`}
    />
  );
}

const noList = "no-list";

// The server takes a list by name and makes it when it is new.
function ListPicker({
  value,
  onChange,
  ...aria
}: {
  value: string;
  onChange: (name: string) => void;
  id?: string;
}) {
  const { tags } = useTagOptions("list");
  const names = tags.map(({ name }) => name);
  const all = value && !names.includes(value) ? [value, ...names] : names;
  return (
    <Combobox
      {...aria}
      options={[
        { value: noList, label: "No list" },
        ...all.map((name) => ({ value: name, label: name, hint: names.includes(name) ? undefined : "new" })),
      ]}
      value={value || noList}
      onValueChange={(name) => onChange(name === noList ? "" : name)}
      search="Search lists, or name a new one"
      onCreate={onChange}
      createLabel={(text) => `New list “${text}”`}
    />
  );
}
