import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { Plus, Smile, Star, X } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import {
  type RatingSettings,
  type RatingText,
  useRatingSettings,
  useSaveRatingSettings,
} from "./api/settings";

/** Asking people how they liked what was done for them. */
export function RatingsCard() {
  const { data, error, refetch } = useRatingSettings();
  return (
    <Card>
      <CardHeader
        title="Ratings (CSAT)"
        description="Asked inside WhatsApp after a case is resolved, while the 24 hours last. An answer never opens the conversation again."
      />
      {error && !data && (
        <CardBody>
          <ProblemAlert error={error} onRetry={() => refetch()} />
        </CardBody>
      )}
      {!data && !error && (
        <CardBody>
          <Skeleton className="h-24" />
        </CardBody>
      )}
      {data && <RatingsForm settings={data} />}
    </Card>
  );
}

function RatingsForm({ settings }: { settings: RatingSettings }) {
  const save = useSaveRatingSettings();
  const [draft, setDraft] = useState(settings);
  const set = (change: Partial<RatingSettings>) => setDraft((old) => ({ ...old, ...change }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await save.mutateAsync({ body: draft }).catch(() => undefined);
    if (!saved) return;
    setDraft(saved);
    toast.success("Ratings saved");
  };
  return (
    <form noValidate onSubmit={submit}>
      <CardBody className="flex flex-col gap-5">
        <CheckboxField
          label="Ask for a rating after a case is resolved"
          checked={draft.on}
          onCheckedChange={(on) => set({ on: on === true })}
        />
        <Numbers draft={draft} set={set} />
        <FieldGroup label="Answers">
          <RadioGroup
            value={draft.scale}
            onValueChange={(scale) => set({ scale: scale as RatingSettings["scale"] })}
          >
            <RadioCard value="list" label="Five stars" hint="A list that opens by a button" icon={<Star />} />
            <RadioCard
              value="buttons"
              label="Three faces"
              hint="Buttons under the question"
              icon={<Smile />}
            />
          </RadioGroup>
        </FieldGroup>
        <CheckboxField
          label="Ask for a comment after the rating"
          checked={draft.comment}
          onCheckedChange={(on) => set({ comment: on === true })}
        />
        <Texts draft={draft} set={set} />
        <ProblemAlert error={save.error} />
      </CardBody>
      <CardFooter>
        <Button type="submit" variant="primary" loading={save.isPending}>
          Save ratings
        </Button>
      </CardFooter>
    </form>
  );
}

interface PartProps {
  draft: RatingSettings;
  set: (change: Partial<RatingSettings>) => void;
}

const figures = [
  { key: "delayMinutes", label: "Minutes after it is resolved", most: 1440 },
  { key: "everyDays", label: "A person once in so many days", most: 365 },
  { key: "lateDays", label: "Days in which an answer counts", most: 90 },
] as const;

function Numbers({ draft, set }: PartProps) {
  const channels = useChannels().data?.items ?? [];
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      {figures.map(({ key, label, most }) => (
        <Field key={key} label={label}>
          <Input
            inputMode="numeric"
            value={String(draft[key])}
            onChange={(event) =>
              set({ [key]: Math.min(most, Number(event.target.value.replace(/\D/g, "")) || 0) })
            }
          />
        </Field>
      ))}
      <Field label="On these numbers" hint="None chosen: all" className="sm:col-span-3">
        <MultiCombobox
          search="Search numbers"
          placeholder="All numbers"
          options={channels.map(({ id, verifiedName, displayPhone }) => ({
            value: id,
            label: verifiedName || displayPhone,
            hint: displayPhone,
          }))}
          value={draft.channels}
          onValueChange={(next) => set({ channels: next })}
        />
      </Field>
    </div>
  );
}

function Texts({ draft, set }: PartProps) {
  const edit = (at: number, change: Partial<RatingText>) =>
    set({ texts: draft.texts.map((old, other) => (other === at ? { ...old, ...change } : old)) });
  return (
    <FieldGroup label="What is said" hint="The first is for everybody whose language has none.">
      <div className="flex flex-col gap-3">
        {draft.texts.map((text, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a language being typed has no other name than its place
          <div key={at} className="flex flex-col gap-3 rounded-lg border p-3">
            <div className="flex items-end gap-2">
              <Field label="Language">
                <Input
                  className="w-24"
                  maxLength={12}
                  value={text.language}
                  onChange={(event) => edit(at, { language: event.target.value })}
                />
              </Field>
              {draft.scale === "list" && (
                <Field label="Button">
                  <Input
                    dir="auto"
                    maxLength={20}
                    value={text.button}
                    onChange={(event) => edit(at, { button: event.target.value })}
                  />
                </Field>
              )}
              {draft.texts.length > 1 && (
                <Button
                  variant="ghost"
                  size="icon-sm"
                  className="ml-auto"
                  aria-label={`Remove the texts in ${text.language || "this language"}`}
                  onClick={() => set({ texts: draft.texts.filter((_, other) => other !== at) })}
                >
                  <X />
                </Button>
              )}
            </div>
            <TextField
              label="Question"
              value={text.question}
              onChange={(question) => edit(at, { question })}
            />
            {draft.comment && (
              <TextField
                label="Question for a comment"
                value={text.comment}
                onChange={(comment) => edit(at, { comment })}
              />
            )}
            <TextField label="Thanks" value={text.thanks} onChange={(thanks) => edit(at, { thanks })} />
          </div>
        ))}
        <Button
          size="sm"
          className="self-start"
          onClick={() =>
            set({
              texts: [...draft.texts, { language: "", question: "", button: "", comment: "", thanks: "" }],
            })
          }
        >
          <Plus /> Add a language
        </Button>
      </div>
    </FieldGroup>
  );
}

function TextField({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  return (
    <Field label={label}>
      <Textarea
        dir="auto"
        className="min-h-10"
        maxLength={1000}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
