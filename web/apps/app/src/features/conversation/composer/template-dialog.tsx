import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@aerostic/ui/dialog";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { Skeleton } from "@aerostic/ui/skeleton";
import { ArrowLeft, LayoutTemplate, Search, Send } from "lucide-react";
import { useState } from "react";
import { useTemplateSearch } from "@/features/template/api/search";
import { type Slot, useTemplate } from "@/features/template/api/template";
import { languageName } from "@/features/template/languages";
import { toPreview } from "@/features/template/preview";
import { slotLabel } from "@/features/template/slot";
import type { TemplateDraft } from "./compose";
import { SendLater } from "./send-later";

interface TemplateDialogProps {
  /** The account whose templates may be sent on this number. */
  wabaId?: string;
  sender: string;
  onClose: () => void;
  onSend: (template: TemplateDraft, dueAt?: Date) => void;
}

/** Picks a template and fills what it leaves open; the way to write once the window has closed. */
export function TemplateDialog({ wabaId, sender, onClose, onSend }: TemplateDialogProps) {
  const [chosen, setChosen] = useState<string>();
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent title="Send a template" size={chosen ? "lg" : "md"}>
        {chosen ? (
          <Fill id={chosen} sender={sender} onBack={() => setChosen(undefined)} onSend={onSend} />
        ) : (
          <Pick wabaId={wabaId} onPick={setChosen} />
        )}
      </DialogContent>
    </Dialog>
  );
}

function Pick({ wabaId, onPick }: { wabaId?: string; onPick: (id: string) => void }) {
  const { rows, onSearch } = useTemplateSearch({ status: "APPROVED", wabaId });
  return (
    <div className="flex flex-col gap-3">
      <Input
        type="search"
        autoFocus
        aria-label="Search templates"
        placeholder="Search templates"
        prefix={<Search />}
        onChange={(event) => onSearch(event.target.value)}
      />
      {rows.length === 0 && (
        <EmptyState icon={LayoutTemplate} title="No approved template" className="py-8">
          Templates that WhatsApp approved for this number appear here.
        </EmptyState>
      )}
      <ul className="flex flex-col gap-1">
        {rows.map(({ id, name, language, category, body }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onPick(id)}
              className="focus-ring w-full rounded-lg border px-3 py-2 text-left hover:bg-accent"
            >
              <span className="flex items-baseline gap-2">
                <span className="min-w-0 truncate font-medium text-sm">{name}</span>
                <span className="ml-auto shrink-0 text-2xs text-muted-foreground">
                  {languageName(language)} · <span className="capitalize">{category.toLowerCase()}</span>
                </span>
              </span>
              <span dir="auto" className="line-clamp-2 text-muted-foreground text-sm">
                {body}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Fill({
  id,
  sender,
  onBack,
  onSend,
}: Pick<TemplateDialogProps, "sender" | "onSend"> & { id: string; onBack: () => void }) {
  const { data: template } = useTemplate(id);
  const [values, setValues] = useState<Record<string, string>>({});
  if (!template) return <Skeleton className="h-64" />;
  const slots = template.slots ?? [];
  const open = slots.filter(({ key, required }) => required && !values[key]?.trim());
  const ready = template.sendable && open.length === 0;
  const send = (dueAt?: Date) => onSend({ id, values: kept(values) }, dueAt);
  return (
    <form
      className="-mx-5 -mb-5 flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) send();
      }}
    >
      <div className="grid gap-5 px-5 pb-5 sm:grid-cols-[minmax(0,1fr)_18rem]">
        <div className="flex flex-col gap-4">
          <Button variant="ghost" size="sm" className="self-start" onClick={onBack}>
            <ArrowLeft /> Another template
          </Button>
          {template.problem && <Alert tone="danger" title={template.problem} />}
          {slots.length === 0 && (
            <p className="text-muted-foreground text-sm">There is nothing to fill in.</p>
          )}
          {slots.map((slot) => (
            <Value
              key={slot.key}
              slot={slot}
              value={values[slot.key] ?? ""}
              onChange={(value) => setValues({ ...values, [slot.key]: value })}
            />
          ))}
        </div>
        {template.preview && (
          <PhonePreview
            sender={sender}
            message={{ ...toPreview(template.preview), body: template.body }}
            values={inBody(values)}
          />
        )}
      </div>
      <DialogFooter>
        <SendLater disabled={!ready} onPick={send} />
        <Button type="submit" variant="primary" disabled={!ready}>
          Send <Send />
        </Button>
      </DialogFooter>
    </form>
  );
}

function Value({ slot, value, onChange }: { slot: Slot; value: string; onChange: (value: string) => void }) {
  return (
    <Field
      label={slotLabel(slot)}
      optional={!slot.required}
      hint={slot.example && `For example ${slot.example}`}
    >
      <Input
        dir="auto"
        maxLength={slot.maxLength}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        prefix={undefined}
      />
    </Field>
  );
}

/** body.1 of the slots is {{1}} of the text. */
function inBody(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      key.startsWith("body.") ? [[key.slice(5), value]] : [],
    ),
  );
}

function kept(values: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values)
      .map(([key, value]) => [key, value.trim()])
      .filter(([, value]) => value),
  );
}
