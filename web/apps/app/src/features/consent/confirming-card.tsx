import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { useTemplate } from "@/features/template/api/template";
import { useTemplates } from "@/features/template/api/templates";
import { useLive } from "@/lib/use-live";
import { useSaveConsentSettings } from "./api/save-settings";
import type { ConsentSettings } from "./api/settings";

type Confirming = ConsentSettings["confirming"];

/** Whether people confirm an opt-in themselves, and how they are asked. */
export function ConfirmingCard({ settings, canWrite }: { settings: ConsentSettings; canWrite: boolean }) {
  const [confirming, setConfirming] = useState(settings.confirming);
  const save = useSaveConsentSettings();
  const set = (change: Partial<Confirming>) => setConfirming({ ...confirming, ...change });
  const changed = JSON.stringify(confirming) !== JSON.stringify(settings.confirming);
  const submit = () =>
    save.mutate(
      { body: { ...settings, confirming } },
      {
        onSuccess: (saved) => {
          setConfirming(saved.confirming);
          toast.success("Confirmation saved");
        },
      },
    );
  return (
    <Card>
      <CardHeader
        title="Confirmation"
        description="Double opt-in: a form, a file or a program says that somebody opted in, and they say so themselves before any marketing goes."
      />
      <CardBody>
        <fieldset disabled={!canWrite} className="flex flex-col gap-5">
          <legend className="sr-only">Confirmation</legend>
          <CheckboxField
            label="Ask people to confirm that they opted in"
            hint="They answer YES, START or by a button. Marketing then goes only to people who opted in; who did before stays."
            checked={confirming.on}
            disabled={!canWrite}
            onCheckedChange={(on) => set({ on: on === true })}
          />
          {confirming.on && <Asking confirming={confirming} canWrite={canWrite} set={set} />}
          <ProblemAlert error={save.error} />
        </fieldset>
      </CardBody>
      {canWrite && (
        <CardFooter>
          <Button variant="primary" loading={save.isPending} disabled={!changed} onClick={submit}>
            Save confirmation
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}

interface AskingProps {
  confirming: Confirming;
  canWrite: boolean;
  set: (change: Partial<Confirming>) => void;
}

function Asking({ confirming, canWrite, set }: AskingProps) {
  const channels = useChannels().data?.items ?? [];
  const channel = channels.find(({ id }) => id === confirming.channelId);
  return (
    <>
      <Field label="Number that asks">
        <Select
          placeholder="Choose a number"
          disabled={!canWrite}
          options={channels.map(({ id, verifiedName, displayPhone }) => ({
            value: id,
            label: [verifiedName, formatPhone(displayPhone)].filter(Boolean).join(" · "),
          }))}
          value={confirming.channelId ?? ""}
          onValueChange={(channelId) => set({ channelId, templateId: undefined })}
        />
      </Field>
      <Field
        label="Template that asks"
        hint="An approved utility template, best with the buttons Yes and No; its one value, if it has any, is the person's name"
      >
        <TemplateChoice
          wabaId={channel?.wabaId}
          value={confirming.templateId}
          onChange={(templateId) => set({ templateId })}
        />
      </Field>
      <Field
        label="Text while the conversation is open"
        hint="Sent instead of the template to people who wrote within 24 hours; it is free. Empty: the template"
        optional
      >
        <Textarea
          dir="auto"
          maxLength={1000}
          placeholder="You asked for our offers on WhatsApp. Answer YES to get them, NO if not."
          value={confirming.text ?? ""}
          onChange={(event) => set({ text: event.target.value })}
        />
      </Field>
      <Field label="Days to answer" hint="Then the opt-in lapses, as if nothing had been said">
        <Input
          className="w-24"
          inputMode="numeric"
          value={confirming.days > 0 ? String(confirming.days) : ""}
          onChange={({ target }) => set({ days: Math.min(90, Number(target.value.replace(/\D/g, "")) || 0) })}
        />
      </Field>
    </>
  );
}

interface TemplateChoiceProps {
  wabaId?: string;
  value?: string;
  onChange: (id: string) => void;
}

/** The account's approved utility templates; the chosen one stays in sight. */
function TemplateChoice({ wabaId, value, onChange }: TemplateChoiceProps) {
  const query = useTemplates(
    { status: "APPROVED", category: "UTILITY", wabaId },
    { enabled: Boolean(wabaId) },
  );
  useLive("templates", () => query.refetch());
  const chosen = useTemplate(value).data;
  const rows = wabaId ? (query.data?.pages.flatMap(({ items }) => items) ?? []) : [];
  const list = chosen && !rows.some(({ id }) => id === chosen.id) ? [chosen, ...rows] : rows;
  return (
    <Combobox
      aria-label="Template that asks"
      options={list.map(({ id, name, language }) => ({ value: id, label: `${name} (${language})` }))}
      value={value ?? ""}
      onValueChange={onChange}
      placeholder={wabaId ? "Choose a template" : "Choose the number first"}
      search="Search templates"
      empty="No approved utility template in this account"
    />
  );
}
