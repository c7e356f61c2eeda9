import { Button } from "@aerostic/ui/button";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Combobox } from "@aerostic/ui/combobox";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { Plus, X } from "lucide-react";
import { type FormEvent, useId, useMemo, useState } from "react";
import { useAccount } from "@/features/auth/api/me";
import { useChannels } from "@/features/channel/api/list";
import { zoneOptions } from "@/features/settings/settings";
import { type Calendar, type Day, useCalendarActions } from "./api/calendars";
import { useTeamOptions } from "./api/teams";
import { type CalendarDraft, draftOf, newCalendar } from "./calendar";
import { Spans, WeekGrid } from "./week-grid";

interface CalendarDialogProps {
  /** Changes this one; without it, makes a new one. */
  calendar?: Calendar;
  onClose: () => void;
}

/** Makes or changes a calendar. */
export function CalendarDialog({ calendar, onClose }: CalendarDialogProps) {
  const formId = useId();
  const { create, save } = useCalendarActions();
  const [draft, setDraft] = useState(() => (calendar ? draftOf(calendar) : newCalendar()));
  const set = (change: Partial<CalendarDraft>) => setDraft((old) => ({ ...old, ...change }));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const body = { ...draft, zone: draft.zone || undefined };
    const saved = await (calendar
      ? save.mutateAsync({ params: { path: { id: calendar.id } }, body })
      : create.mutateAsync({ body })
    ).catch(() => undefined);
    if (!saved) return;
    toast.success(`${saved.name} saved`);
    onClose();
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size="lg"
        title={calendar ? calendar.name : "New calendar"}
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
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name">
              <Input
                autoFocus
                dir="auto"
                maxLength={80}
                placeholder="Shop hours"
                value={draft.name}
                onChange={(event) => set({ name: event.target.value })}
              />
            </Field>
            <ZoneField zone={draft.zone} onChange={(zone) => set({ zone })} />
          </div>
          <FieldGroup label="Open" hint="A period that ends at or before its start ends on the next day.">
            <WeekGrid week={draft.week} onChange={(week) => set({ week })} />
          </FieldGroup>
          <UsesField uses={draft.uses} onChange={(uses) => set({ uses })} />
          <Days draft={draft} set={set} />
          <AwayFields away={draft.away} onChange={(away) => set({ away })} />
        </form>
      </DialogContent>
    </Dialog>
  );
}

const own = "workspace";

function ZoneField({ zone, onChange, ...field }: { zone: string; onChange: (zone: string) => void }) {
  const workspace = useAccount().tenant?.timezone;
  const options = useMemo(
    () => [{ value: own, label: `The workspace's (${workspace ?? "UTC"})` }, ...zoneOptions()],
    [workspace],
  );
  return (
    <Field label="Time zone" {...field}>
      <Combobox
        search="Search time zones"
        options={options}
        value={zone || own}
        onValueChange={(next) => onChange(next === own ? "" : next)}
      />
    </Field>
  );
}

type Uses = CalendarDraft["uses"];

function UsesField({ uses, onChange }: { uses: Uses; onChange: (uses: Uses) => void }) {
  const channels = useChannels().data?.items ?? [];
  const options = [
    { value: own, label: "The whole workspace" },
    ...channels.map(({ id, verifiedName, displayPhone }) => ({
      value: id,
      label: verifiedName || displayPhone,
      hint: displayPhone,
    })),
  ];
  const teams = useTeamOptions();
  const isTeam = (id: string) => teams.some(({ value }) => value === id);
  const value = uses.map(({ id }) => id ?? own);
  return (
    <Field
      label="Counts for"
      hint="A team's hours come before its number's, a number's before the workspace's."
    >
      <MultiCombobox
        search="Search numbers and teams"
        placeholder="Choose the workspace, numbers or teams"
        options={[...options, ...teams]}
        value={value}
        onValueChange={(next) =>
          onChange(
            next.map((id) => {
              if (id === own) return { kind: "workspace" as const };
              const known = uses.find((use) => use.id === id);
              return known ?? { kind: isTeam(id) ? ("team" as const) : ("channel" as const), id };
            }),
          )
        }
      />
    </Field>
  );
}

interface DaysProps {
  draft: CalendarDraft;
  set: (change: Partial<CalendarDraft>) => void;
}

/** Holidays and days with other hours. */
function Days({ draft, set }: DaysProps) {
  const { days, holidays } = draft;
  const edit = (at: number, change: Partial<Day>) =>
    set({ days: days.map((old, other) => (other === at ? { ...old, ...change } : old)) });
  return (
    <FieldGroup label="Days that differ">
      <div className="flex flex-col gap-3">
        <CheckboxField
          label="Closed on the workspace's holidays"
          checked={holidays}
          onCheckedChange={(on) => set({ holidays: on === true })}
        />
        {days.map((day, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a day being typed has no other name than its place
          <div key={at} className="flex flex-col gap-2 rounded-lg border p-3">
            <div className="flex flex-wrap items-center gap-2">
              <Input
                type="date"
                className="w-40"
                aria-label={`Day ${at + 1}`}
                value={day.on}
                onChange={(event) => edit(at, { on: event.target.value })}
              />
              <Input
                className="min-w-32 flex-1"
                dir="auto"
                maxLength={80}
                placeholder="Diwali"
                aria-label={`Name of day ${at + 1}`}
                value={day.name}
                onChange={(event) => edit(at, { name: event.target.value })}
              />
              <CheckboxField
                label="Every year"
                checked={day.yearly}
                onCheckedChange={(on) => edit(at, { yearly: on === true })}
              />
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove day ${at + 1}`}
                onClick={() => set({ days: days.filter((_, other) => other !== at) })}
              >
                <X />
              </Button>
            </div>
            <Spans
              name={day.name || `day ${at + 1}`}
              spans={day.open}
              onChange={(open) => edit(at, { open })}
            />
          </div>
        ))}
        <Button
          size="sm"
          className="self-start"
          onClick={() => set({ days: [...days, { on: "", name: "", yearly: false, open: [] }] })}
        >
          <Plus /> Add a day
        </Button>
      </div>
    </FieldGroup>
  );
}

type Away = CalendarDraft["away"];

/** What is said to who writes while nobody is there. */
function AwayFields({ away, onChange }: { away: Away; onChange: (away: Away) => void }) {
  const edit = (at: number, change: Partial<Away["texts"][number]>) =>
    onChange({
      ...away,
      texts: away.texts.map((old, other) => (other === at ? { ...old, ...change } : old)),
    });
  return (
    <FieldGroup label="Away message">
      <div className="flex flex-col gap-3">
        <CheckboxField
          label="Answer who writes outside these hours, once per case"
          checked={away.on}
          onCheckedChange={(on) => onChange({ ...away, on: on === true })}
        />
        {away.on &&
          away.texts.map((text, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a language being typed has no other name than its place
            <div key={at} className="grid gap-2 sm:grid-cols-[6rem_1fr_auto]">
              <Input
                aria-label={`Language ${at + 1}`}
                placeholder="en"
                maxLength={12}
                value={text.language}
                onChange={(event) => edit(at, { language: event.target.value })}
              />
              <Textarea
                dir="auto"
                aria-label={`Message in ${text.language || "this language"}`}
                maxLength={1000}
                value={text.text}
                onChange={(event) => edit(at, { text: event.target.value })}
              />
              <Button
                variant="ghost"
                size="icon-sm"
                aria-label={`Remove the message in ${text.language || "this language"}`}
                onClick={() => onChange({ ...away, texts: away.texts.filter((_, other) => other !== at) })}
              >
                <X />
              </Button>
            </div>
          ))}
        {away.on && (
          <>
            <p className="text-muted-foreground text-xs">
              {"{{name}} is the person's name, {{opens}} when somebody is there again."} The first message is
              for everybody whose language has none.
            </p>
            <Button
              size="sm"
              className="self-start"
              onClick={() => onChange({ ...away, texts: [...away.texts, { language: "", text: "" }] })}
            >
              <Plus /> Add a language
            </Button>
          </>
        )}
      </div>
    </FieldGroup>
  );
}
