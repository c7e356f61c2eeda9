import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { type ReactElement, useMemo, useState } from "react";
import type { Channel } from "@/features/channel/api/list";
import { Page, PageBody } from "@/features/shell/page";
import { type Finding, useLint } from "./api/lint";
import { useSampleUrls } from "./api/sample";
import type { TemplateDetail } from "./api/template";
import { BasicsCard } from "./basics-card";
import { ButtonsField, buttonsOf } from "./buttons-field";
import { CardsField } from "./cards-field";
import { Checks } from "./checks";
import { findingsAt, formPreview, isError, sampleValues, toDraft } from "./draft";
import type { TemplateForm } from "./form";
import { MessageCard } from "./message-card";
import { cardSlot } from "./preview";
import { useSubmit } from "./use-submit";

interface TemplateEditorProps {
  initial: TemplateForm;
  channels: Channel[];
  back: ReactElement;
  /** The template that is edited; without one, a new one is written. */
  editing?: TemplateDetail;
}

/** What a part of the form works with. */
export interface FormPart {
  form: TemplateForm;
  change: (part: Partial<TemplateForm>) => void;
  /** The findings to show at a place: what was not written yet is not complained about. */
  shown: (place: string) => Finding[];
  leave: (place: string) => void;
  invalid: (place: string) => boolean;
}

/** The form, the phone and what Meta would object to, side by side. */
export function TemplateEditor({ initial, channels, back, editing }: TemplateEditorProps) {
  const [form, setForm] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const urls = useSampleUrls(samplesOf(form));

  const lint = useLint(
    useDebouncedValue(
      useMemo(() => toDraft(form), [form]),
      350,
    ),
  );
  const all = lint.data?.findings ?? [];
  const shown = (place: string) => (tried || touched.has(place) ? findingsAt(all, place) : []);
  const seen = (place: string) => tried || touched.has(place.split(",")[0] ?? place);
  const visible = all.filter(({ place }) => seen(place) || place === "buttons");
  const part: FormPart = {
    form,
    change: (changed) => setForm((old) => ({ ...old, ...changed })),
    shown,
    leave: (place) => setTouched((old) => new Set([...old, place])),
    invalid: (place) => shown(place).some(isError),
  };

  const { submit, error, pending } = useSubmit(form, form !== initial, editing?.id);
  const trySubmit = () => {
    setTried(true);
    if (!all.some(isError)) void submit();
  };
  const channel = channels.find(({ id }) => id === form.channelId);

  return (
    <Page
      title={editing ? `Edit ${editing.name}` : "New template"}
      back={back}
      actions={
        <Button variant="primary" loading={pending} onClick={trySubmit}>
          <span>
            Submit<span className="max-sm:hidden"> for review</span>
          </span>
        </Button>
      }
    >
      <PageBody className="lg:grid lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
        <div className="flex min-w-0 flex-col gap-4">
          <ProblemAlert error={error} />
          {editing?.sendable && (
            <Alert tone="warning" title="Meta reviews an edit again">
              Until then nothing is sent with it: campaigns that run with this template are paused.
              {editing.editing.left !== undefined && ` ${editsLeft(editing.editing.left)}`}
            </Alert>
          )}
          <BasicsCard
            {...part}
            channels={channels}
            editing={editing && { approved: editing.status === "APPROVED" }}
          />
          <MessageCard {...part} />
          {form.shape === "carousel" ? (
            <CardsField
              cards={form.cards}
              onChange={(cards) => part.change({ cards })}
              channelId={form.channelId}
              findings={visible}
              onLeave={part.leave}
            />
          ) : (
            <Buttons {...part} findings={visible} />
          )}
        </div>
        <aside className="flex flex-col items-center gap-4 lg:sticky lg:top-5 lg:items-stretch">
          <PhonePreview
            sender={channel?.verifiedName || "Your business"}
            message={formPreview(form, urls)}
            values={sampleValues(form)}
          />
          <Checks
            findings={all}
            busy={lint.isFetching}
            error={lint.error}
            started={form !== initial || tried}
          />
        </aside>
      </PageBody>
    </Page>
  );
}

function editsLeft(left: number): string {
  return left === 1 ? "This is the last edit in these 30 days." : `${left} edits are left in these 30 days.`;
}

function Buttons({ form, change, leave, findings }: FormPart & { findings: Finding[] }) {
  const code = form.category === "AUTHENTICATION";
  return (
    <Card>
      <CardHeader
        title={code ? "Button" : "Buttons"}
        description={code ? undefined : "Optional; quick replies stand together"}
      />
      <CardBody>
        <ButtonsField
          buttons={form.buttons}
          onChange={(buttons) => change({ buttons })}
          findings={findings}
          onLeave={leave}
          allowed={buttonsOf[code ? "code" : form.shape === "offer" ? "offer" : "standard"]}
        />
      </CardBody>
    </Card>
  );
}

/** The uploaded samples by slot. */
function samplesOf({ header, cards }: TemplateForm): Record<string, string> {
  return {
    "header.media": header.sampleId,
    ...Object.fromEntries(cards.map((card, index) => [cardSlot(index), card.header.sampleId])),
  };
}
