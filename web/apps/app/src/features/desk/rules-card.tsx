import { Badge } from "@aerostic/ui/badge";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { Select } from "@aerostic/ui/select";
import { Textarea } from "@aerostic/ui/textarea";
import { useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { useTeams } from "@/features/conversation/api/teams";
import { SettingCard } from "@/features/settings/setting-card";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { raised, SettingRow } from "@/features/settings/setting-row";
import { type Rule, type RuleDraft, useRuleActions, useRules } from "./api/desk";
import { draftOf, newRule, ruleHours, ruleText, ways } from "./rule";

/** Who gets a new conversation. */
export function RulesCard() {
  const rules = useRules();
  const teams = useTeams().data?.items ?? [];
  const { order, remove } = useRuleActions();
  const [open, setOpen] = useState<Rule | "new">();
  const list = (rules.data?.items ?? []) as Rule[];
  const ids = list.map(({ id }) => id);
  return (
    <>
      <SettingCard
        title="Assignment rules"
        description="Who gets a conversation that a customer opens and nobody has. The first rule that fits counts."
        add="New rule"
        onAdd={() => setOpen("new")}
        query={rules}
        empty={
          list.length === 0 &&
          "Everything new stays unassigned. Make a rule that gives it to whose turn it is."
        }
        problem={order.error ?? remove.error}
      >
        <ol className="flex flex-col divide-y">
          {list.map((rule, at) => (
            <SettingRow
              key={rule.id}
              name={rule.name}
              badge={!rule.enabled && <Badge>Off</Badge>}
              detail={ruleText(rule, teams.find(({ id }) => id === rule.teamId)?.name)}
              onRaise={at > 0 ? () => order.mutate({ body: { ids: raised(ids, at) } }) : undefined}
              onChange={() => setOpen(rule)}
              onRemove={() => remove.mutate({ params: { path: { id: rule.id } } })}
            />
          ))}
        </ol>
      </SettingCard>
      {open && <RuleDialog rule={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

interface PartProps {
  draft: RuleDraft;
  set: (change: Partial<RuleDraft>) => void;
}

function RuleDialog({ rule, onClose }: { rule?: Rule; onClose: () => void }) {
  const { create, save } = useRuleActions();
  const [draft, setDraft] = useState(() => (rule ? draftOf(rule) : newRule()));
  const set = (change: Partial<RuleDraft>) => setDraft((old) => ({ ...old, ...change }));
  return (
    <SettingDialog
      title={rule ? rule.name : "New assignment rule"}
      size="lg"
      onClose={onClose}
      onSave={() =>
        rule
          ? save.mutateAsync({ params: { path: { id: rule.id } }, body: draft })
          : create.mutateAsync({ body: draft })
      }
    >
      <Field label="Name">
        <Input
          autoFocus
          dir="auto"
          maxLength={80}
          placeholder="Everything new"
          value={draft.name}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Which draft={draft} set={set} />
      <Who draft={draft} set={set} />
      <Otherwise draft={draft} set={set} />
      <CheckboxField
        label="In use"
        checked={draft.enabled}
        onCheckedChange={(on) => set({ enabled: on === true })}
      />
    </SettingDialog>
  );
}

function Which({ draft, set }: PartProps) {
  const channels = useChannels().data?.items ?? [];
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
            value={draft.channels ?? []}
            onValueChange={(next) => set({ channels: next })}
          />
        </Field>
        <Field label="When">
          <Select
            options={Object.entries(ruleHours).map(([value, label]) => ({ value, label }))}
            value={draft.hours ?? "any"}
            onValueChange={(hours) => set({ hours: hours as RuleDraft["hours"] })}
          />
        </Field>
      </div>
    </FieldGroup>
  );
}

const everybody = "everybody";

function Who({ draft, set }: PartProps) {
  const teams = useTeams().data?.items ?? [];
  const chosen = (draft.ways ?? []) as string[];
  return (
    <>
      <Field label="Team" hint="Who is chosen from">
        <Select
          options={[
            { value: everybody, label: "Everybody" },
            ...teams.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={draft.teamId ?? everybody}
          onValueChange={(next) => set({ teamId: next === everybody ? undefined : next })}
        />
      </Field>
      <FieldGroup
        label="Who gets it"
        hint="Tried from the top; none chosen leaves it to the team. Only people who are there and have room get one."
      >
        <div className="flex flex-col gap-2">
          {Object.entries(ways).map(([way, label]) => (
            <CheckboxField
              key={way}
              label={label}
              checked={chosen.includes(way)}
              onCheckedChange={(on) =>
                set({
                  ways: Object.keys(ways).filter((one) =>
                    one === way ? on === true : chosen.includes(one),
                  ) as RuleDraft["ways"],
                })
              }
            />
          ))}
        </div>
      </FieldGroup>
    </>
  );
}

function Otherwise({ draft, set }: PartProps) {
  return (
    <FieldGroup label="When nobody is free, or nobody answers">
      <div className="flex flex-col gap-3">
        <CheckboxField
          label="It waits, and whoever is free next gets it"
          checked={draft.queue ?? false}
          onCheckedChange={(on) => set({ queue: on === true })}
        />
        {draft.queue && (
          <Field label="Say to who waits" optional hint="{{position}} is their place in the queue.">
            <Textarea
              dir="auto"
              rows={2}
              maxLength={1000}
              value={draft.queueText ?? ""}
              onChange={(event) => set({ queueText: event.target.value })}
            />
          </Field>
        )}
        <Field label="Hand on after so many minutes without an answer" hint="0: never">
          <Input
            inputMode="numeric"
            value={String(draft.reassignMinutes ?? 0)}
            onChange={(event) =>
              set({ reassignMinutes: Math.min(1440, Number(event.target.value.replace(/\D/g, "")) || 0) })
            }
          />
        </Field>
      </div>
    </FieldGroup>
  );
}
