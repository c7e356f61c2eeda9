import { $api } from "@aerostic/api-client";
import { Button } from "@aerostic/ui/button";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Combobox } from "@aerostic/ui/combobox";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { Plus, X } from "lucide-react";
import { type FormEvent, useId, useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { useCalendars } from "@/features/hours/api/calendars";
import { useTeamOptions } from "@/features/hours/api/teams";
import { useMembers } from "@/features/team/api/members";
import { type Level, type Policy, usePolicyActions } from "./api/policies";
import { draftOf, newPolicy, nextLevel, type PolicyDraft } from "./policy";

interface PolicyDialogProps {
  /** Changes this one; without it, makes a new one. */
  policy?: Policy;
  onClose: () => void;
}

/** Makes or changes what is promised. */
export function PolicyDialog({ policy, onClose }: PolicyDialogProps) {
  const formId = useId();
  const { create, save } = usePolicyActions();
  const [draft, setDraft] = useState(() => (policy ? draftOf(policy) : newPolicy()));
  const set = (change: Partial<PolicyDraft>) => setDraft((old) => ({ ...old, ...change }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const saved = await (policy
      ? save.mutateAsync({ params: { path: { id: policy.id } }, body: draft })
      : create.mutateAsync({ body: draft })
    ).catch(() => undefined);
    if (!saved) return;
    toast.success(`${saved.name} saved`);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="lg"
        title={policy ? policy.name : "New SLA policy"}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              type="submit"
              form={formId}
              variant="primary"
              loading={create.isPending || save.isPending}
            >
              Save
            </Button>
          </>
        }
      >
        <form id={formId} noValidate onSubmit={submit} className="flex flex-col gap-5">
          <ProblemAlert error={create.error ?? save.error} />
          <Field label="Name">
            <Input
              autoFocus
              dir="auto"
              maxLength={80}
              placeholder="Everybody"
              value={draft.name}
              onChange={(event) => set({ name: event.target.value })}
            />
          </Field>
          <Promises draft={draft} set={set} />
          <Which draft={draft} set={set} />
          <Levels levels={draft.levels} onChange={(levels) => set({ levels })} />
          <CheckboxField
            label="Active"
            checked={draft.active}
            onCheckedChange={(on) => set({ active: on === true })}
          />
        </form>
      </DialogContent>
    </Dialog>
  );
}

interface PartProps {
  draft: PolicyDraft;
  set: (change: Partial<PolicyDraft>) => void;
}

const promises = [
  { key: "firstMinutes", label: "First response" },
  { key: "nextMinutes", label: "Next responses" },
  { key: "resolutionMinutes", label: "Resolution" },
] as const;

function Promises({ draft, set }: PartProps) {
  return (
    <FieldGroup label="Promised within" hint="Minutes of business time; 0 promises nothing.">
      <div className="grid gap-3 sm:grid-cols-3">
        {promises.map(({ key, label }) => (
          <Field key={key} label={label}>
            <MinutesInput value={draft[key]} onChange={(minutes) => set({ [key]: minutes })} />
          </Field>
        ))}
      </div>
      <div className="mt-3 flex flex-col gap-2">
        <CheckboxField
          label="The time to resolution stands still while a conversation is pending"
          checked={draft.pausePending}
          onCheckedChange={(on) => set({ pausePending: on === true })}
        />
        <CheckboxField
          label="And while it is snoozed"
          checked={draft.pauseSnoozed}
          onCheckedChange={(on) => set({ pauseSnoozed: on === true })}
        />
      </div>
    </FieldGroup>
  );
}

/** A whole number of minutes. */
function MinutesInput({ value, onChange, ...field }: { value: number; onChange: (minutes: number) => void }) {
  return (
    <Input
      {...field}
      inputMode="numeric"
      value={String(value)}
      onChange={(event) => onChange(Math.min(43_200, Number(event.target.value.replace(/\D/g, "")) || 0))}
    />
  );
}

const theirs = "theirs";

function Which({ draft, set }: PartProps) {
  const channels = useChannels().data?.items ?? [];
  const labels = $api.useQuery("get", "/api/labels").data?.items ?? [];
  const calendars = useCalendars().data?.items ?? [];
  const teams = useTeamOptions();
  return (
    <FieldGroup label="For which conversations">
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Numbers" hint="None chosen: all">
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
        <Field label="Labels" hint="None chosen: all">
          <MultiCombobox
            search="Search labels"
            placeholder="All labels"
            options={labels.map(({ id, name }) => ({ value: id, label: name }))}
            value={draft.labels}
            onValueChange={(next) => set({ labels: next })}
          />
        </Field>
        <Field label="Teams" hint="None chosen: all">
          <MultiCombobox
            search="Search teams"
            placeholder="All teams"
            options={teams}
            value={draft.teams}
            onValueChange={(next) => set({ teams: next })}
          />
        </Field>
        <Field label="Business hours">
          <Combobox
            search="Search calendars"
            options={[
              { value: theirs, label: "Those of the conversation's team or number" },
              ...calendars.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            value={draft.calendarId ?? theirs}
            onValueChange={(next) => set({ calendarId: next === theirs ? undefined : next })}
          />
        </Field>
      </div>
    </FieldGroup>
  );
}

function Levels({ levels, onChange }: { levels: Level[]; onChange: (levels: Level[]) => void }) {
  const edit = (at: number, change: Partial<Level>) =>
    onChange(levels.map((old, other) => (other === at ? { ...old, ...change } : old)));
  return (
    <FieldGroup label="After a breach" hint="Whoever looks after the conversation is told in any case.">
      <div className="flex flex-col gap-3">
        {levels.map((level, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: levels are called by their place
          <div key={at} className="flex flex-col gap-3 rounded-lg border p-3">
            <div className="flex items-end justify-between gap-2">
              <Field label={`Level ${at + 1}: minutes after the breach`} className="flex-1">
                <MinutesInput
                  value={level.afterMinutes}
                  onChange={(minutes) => edit(at, { afterMinutes: minutes })}
                />
              </Field>
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove level ${at + 1}`}
                onClick={() => onChange(levels.filter((_, other) => other !== at))}
              >
                <X />
              </Button>
            </div>
            <LevelPeople level={level} onChange={(change) => edit(at, change)} />
            <CheckboxField
              label="Mark the conversation in the lists"
              checked={level.raise}
              onCheckedChange={(on) => edit(at, { raise: on === true })}
            />
          </div>
        ))}
        {levels.length < 3 && (
          <Button size="sm" className="self-start" onClick={() => onChange([...levels, nextLevel(levels)])}>
            <Plus /> Add a level
          </Button>
        )}
      </div>
    </FieldGroup>
  );
}

const nobody = "nobody";

function LevelPeople({ level, onChange }: { level: Level; onChange: (change: Partial<Level>) => void }) {
  const members = useMembers().data?.pages.flatMap(({ items }) => items ?? []) ?? [];
  const options = members.map(({ userId, name, email }) => ({
    value: userId,
    label: name || email,
    hint: email,
  }));
  const teams = [{ value: nobody, label: "No team" }, ...useTeamOptions()];
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Tell">
        <MultiCombobox
          search="Search people"
          placeholder="Nobody else"
          options={options}
          value={level.notify}
          onValueChange={(notify) => onChange({ notify })}
        />
      </Field>
      <Field label="Give it to">
        <Combobox
          search="Search people"
          options={[{ value: nobody, label: "Leave it" }, ...options]}
          value={level.assignTo ?? nobody}
          onValueChange={(next) => onChange({ assignTo: next === nobody ? undefined : next })}
        />
      </Field>
      <Field label="Tell a team">
        <Combobox
          search="Search teams"
          options={teams}
          value={level.notifyTeam ?? nobody}
          onValueChange={(next) => onChange({ notifyTeam: next === nobody ? undefined : next })}
        />
      </Field>
      <Field label="Give it to a team">
        <Combobox
          search="Search teams"
          options={teams}
          value={level.assignTeam ?? nobody}
          onValueChange={(next) => onChange({ assignTeam: next === nobody ? undefined : next })}
        />
      </Field>
    </div>
  );
}
