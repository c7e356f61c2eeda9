import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { Input } from "@aerostic/ui/input";
import { formatCount, formatPhone } from "@aerostic/ui/lib/format";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Select } from "@aerostic/ui/select";
import { Spinner } from "@aerostic/ui/spinner";
import { toast } from "@aerostic/ui/toast";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { CircleCheck } from "lucide-react";
import { type ReactElement, useEffect, useMemo, useState } from "react";
import type { Channel } from "@/features/channel/api/list";
import { Page, PageBody } from "@/features/shell/page";
import { useOnce } from "@/lib/use-once";
import { useCreateTemplate } from "./api/create";
import { type Finding, useLint } from "./api/lint";
import { BodyField } from "./body-field";
import { ButtonsField } from "./buttons-field";
import { asName, findingsAt, formPreview, isError, sampleValues, type TemplateForm, toDraft } from "./draft";
import { Counter, Findings } from "./form-parts";
import { HeaderField } from "./header-field";
import { languageOptions } from "./languages";

interface TemplateEditorProps {
  initial: TemplateForm;
  channels: Channel[];
  back: ReactElement;
}

/** The form, the phone and what Meta would object to, side by side. */
export function TemplateEditor({ initial, channels, back }: TemplateEditorProps) {
  const [form, setForm] = useState(initial);
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const [sample, setSample] = useState<File>();
  const sampleUrl = useObjectUrl(sample);
  const change = (part: Partial<TemplateForm>) => setForm((old) => ({ ...old, ...part }));
  const leave = (place: string) => setTouched((old) => new Set([...old, place]));

  const lint = useLint(
    useDebouncedValue(
      useMemo(() => toDraft(form), [form]),
      350,
    ),
  );
  const all = lint.data?.findings ?? [];
  const shown = (place: string) => (tried || touched.has(place) ? findingsAt(all, place) : []);
  const visible = all.filter((finding) => tried || touched.has(finding.place) || finding.place === "buttons");
  const invalid = (place: string) => shown(place).some(isError);

  const { submit, error, pending } = useSubmit(form, form !== initial);
  const trySubmit = () => {
    setTried(true);
    if (!all.some(isError)) void submit();
  };
  const channel = channels.find(({ id }) => id === form.channelId);

  return (
    <Page
      title="New template"
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
          <Card>
            <CardHeader title="Basics" />
            <CardBody className="flex flex-col gap-4">
              {channels.length > 1 && (
                <Field label="Number" hint="The template belongs to this number's WhatsApp account">
                  <Select
                    value={form.channelId}
                    onValueChange={(channelId) => change({ channelId })}
                    options={channels.map(({ id, verifiedName, displayPhone }) => ({
                      value: id,
                      label: `${verifiedName} · ${formatPhone(displayPhone)}`,
                    }))}
                  />
                </Field>
              )}
              <Category value={form.category} onChange={(category) => change({ category })} />
              <Findings findings={shown("category")} />
              <div className="grid gap-4 sm:grid-cols-2">
                <div className="flex flex-col gap-1.5">
                  <Field label="Name" hint="Small letters, digits and underscores; people do not see it">
                    <Input
                      value={form.name}
                      placeholder="diwali_offer"
                      aria-invalid={invalid("name") || undefined}
                      onChange={(event) => change({ name: asName(event.target.value) })}
                      onBlur={() => leave("name")}
                    />
                  </Field>
                  <Findings findings={shown("name")} />
                </div>
                <div className="flex flex-col gap-1.5">
                  <Field label="Language" hint="The language the text is written in">
                    <Combobox
                      search="Search languages"
                      value={form.language}
                      onValueChange={(language) => change({ language })}
                      options={languageOptions}
                    />
                  </Field>
                  <Findings findings={shown("language")} />
                </div>
              </div>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Message" />
            <CardBody className="flex flex-col gap-5">
              <div className="flex flex-col gap-1.5">
                <HeaderField
                  header={form.header}
                  channelId={form.channelId}
                  onChange={(part) => change({ header: { ...form.header, ...part } })}
                  onSample={setSample}
                  onLeave={() => leave("header")}
                />
                <Findings findings={shown("header")} />
              </div>
              <BodyField
                body={form.body}
                examples={form.examples}
                onBody={(body) => change({ body })}
                onExample={(name, value) => change({ examples: { ...form.examples, [name]: value } })}
                onLeave={() => leave("body")}
                invalid={invalid("body")}
              >
                <Findings findings={shown("body")} />
              </BodyField>
              <div className="flex flex-col gap-1.5">
                <Field label="Footer" optional action={<Counter text={form.footer} limit={60} />}>
                  <Input
                    dir="auto"
                    value={form.footer}
                    placeholder="Reply STOP to opt out"
                    onChange={(event) => change({ footer: event.target.value })}
                    onBlur={() => leave("footer")}
                  />
                </Field>
                <Findings findings={shown("footer")} />
              </div>
            </CardBody>
          </Card>
          <Card>
            <CardHeader title="Buttons" description="Optional; quick replies stand together" />
            <CardBody>
              <ButtonsField
                buttons={form.buttons}
                onChange={(buttons) => change({ buttons })}
                findings={visible}
                onLeave={leave}
              />
            </CardBody>
          </Card>
        </div>
        <aside className="flex flex-col items-center gap-4 lg:sticky lg:top-5 lg:items-stretch">
          <PhonePreview
            sender={channel?.verifiedName || "Your business"}
            message={formPreview(form, sampleUrl, sample?.name)}
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

function useSubmit(form: TemplateForm, changed: boolean) {
  const create = useCreateTemplate();
  const once = useOnce();
  const navigate = useNavigate();
  useBlocker({
    shouldBlockFn: () => changed && !create.isSuccess && !confirm("Leave without submitting this template?"),
    enableBeforeUnload: () => changed && !create.isSuccess,
  });
  // Navigating waits for the render in which the template is known to be submitted.
  const created = create.data?.id;
  useEffect(() => {
    if (created) void navigate({ to: "/templates/$id", params: { id: created } });
  }, [created, navigate]);
  const submit = async () => {
    const body = toDraft(form);
    const done = await once(body, (header) => create.mutateAsync({ body, params: { header } })).catch(
      () => undefined,
    );
    if (done) {
      toast.success("Submitted to Meta", {
        description: "Reviews take minutes, at most a day. You will see it here.",
      });
    }
  };
  return { submit, error: create.error, pending: create.isPending };
}

function Category({
  value,
  onChange,
}: {
  value: TemplateForm["category"];
  onChange: (value: TemplateForm["category"]) => void;
}) {
  return (
    <div className="flex flex-col gap-1.5">
      <p id="category-label" className="font-medium text-sm">
        Category
      </p>
      <RadioGroup
        aria-labelledby="category-label"
        value={value}
        onValueChange={(next) => onChange(next as TemplateForm["category"])}
        className="grid gap-3 sm:grid-cols-2"
      >
        <RadioCard
          value="MARKETING"
          label="Marketing"
          hint="Offers, news, invitations, anything that promotes"
        />
        <RadioCard
          value="UTILITY"
          label="Utility"
          hint="About something the person did: an order, a booking, a payment"
        />
      </RadioGroup>
      <p className="text-muted-foreground text-xs">
        One-time codes have a fixed text: make such templates in WhatsApp Manager and sync.
      </p>
    </div>
  );
}

interface ChecksProps {
  findings: Finding[];
  busy: boolean;
  error: unknown;
  started: boolean;
}

/** Everything the checks found, wherever it belongs. */
function Checks({ findings, busy, error, started }: ChecksProps) {
  const errors = findings.filter(isError).length;
  if (error) return <ProblemAlert error={error} />;
  return (
    <Card className="w-full max-w-80">
      <CardHeader
        title="Checks"
        description={
          !started
            ? "Meta's rules, checked as you write"
            : errors > 0
              ? `${formatCount(errors, "thing")} to mend before submitting`
              : "Ready to submit"
        }
        action={busy && <Spinner className="text-muted-foreground" />}
      />
      {started && (
        <CardBody>
          {findings.length === 0 ? (
            <p className="flex items-center gap-1.5 text-success text-xs">
              <CircleCheck aria-hidden className="size-3.5" /> Nothing against it. Meta's reviewers may still
              object.
            </p>
          ) : (
            <Findings findings={findings} />
          )}
        </CardBody>
      )}
    </Card>
  );
}

/** A link to a chosen file for as long as it is chosen. */
function useObjectUrl(file: File | undefined): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!file?.type.startsWith("image/")) return;
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => {
      URL.revokeObjectURL(made);
      setUrl(undefined);
    };
  }, [file]);
  return url;
}
