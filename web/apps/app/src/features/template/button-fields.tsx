import { Button } from "@aerostic/ui/button";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Select } from "@aerostic/ui/select";
import { Plus, Trash2 } from "lucide-react";
import { useLinkSettings } from "@/features/link/api/settings";
import { type AppForm, type ButtonForm, newApp } from "./form";
import { Counter } from "./form-parts";

interface ButtonFieldsProps {
  button: ButtonForm;
  onChange: (part: Partial<ButtonForm>) => void;
  onLeave: () => void;
}

type TextPart = "text" | "url" | "phoneNumber" | "example" | "flowId" | "flowScreen" | "autofillText";

/** What a button of its type says and does. */
export function ButtonFields({ button, onChange, onLeave }: ButtonFieldsProps) {
  const base = useLinkSettings().data?.bases[0]?.url;
  const input = (part: TextPart, more: { placeholder?: string; type?: string } = {}) => (
    <Input
      dir="auto"
      value={button[part]}
      onChange={(event) => onChange({ [part]: event.target.value })}
      onBlur={onLeave}
      {...more}
    />
  );
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      {button.type !== "COPY_CODE" && (
        <Field label="Button text" action={<Counter text={button.text} limit={25} />}>
          {input("text")}
        </Field>
      )}
      {button.type === "URL" && (
        <Field
          label="Web address"
          hint="May end in {{1}}, filled for each person"
          action={base && !button.url && <TrackedHint base={base} onChange={onChange} />}
        >
          {input("url", { placeholder: "https://acme.example/offer/{{1}}" })}
        </Field>
      )}
      {button.type === "URL" && button.url.includes("{{") && (
        <Field label="Example of the whole address" className="sm:col-span-2">
          {input("example", { placeholder: "https://acme.example/offer/diwali" })}
        </Field>
      )}
      {button.type === "PHONE_NUMBER" && (
        <Field label="Phone number" hint="With the country code">
          {input("phoneNumber", { placeholder: "+91 98450 11000", type: "tel" })}
        </Field>
      )}
      {button.type === "COPY_CODE" && (
        <Field label="Example of the code" hint="Up to 20 characters; each campaign sets its own">
          {input("example", { placeholder: "DIWALI10" })}
        </Field>
      )}
      {button.type === "FLOW" && (
        <>
          <Field label="Id of the WhatsApp Flow" hint="A published one, from WhatsApp Manager">
            {input("flowId", { placeholder: "1234567890" })}
          </Field>
          <Field label="First screen" optional hint="Without it, the Flow asks its own server">
            {input("flowScreen", { placeholder: "WELCOME" })}
          </Field>
        </>
      )}
      {button.type === "OTP" && <CodeFields button={button} onChange={onChange} input={input} />}
    </div>
  );
}

interface CodeFieldsProps {
  button: ButtonForm;
  onChange: (part: Partial<ButtonForm>) => void;
  input: (part: TextPart) => React.ReactElement;
}

/** How a one-time code reaches its app. */
function CodeFields({ button, onChange, input }: CodeFieldsProps) {
  const reads = button.otpType !== "COPY_CODE";
  return (
    <>
      <Field label="How the code reaches your app">
        <Select
          value={button.otpType}
          onValueChange={(otpType) =>
            onChange({
              otpType: otpType as ButtonForm["otpType"],
              apps: otpType !== "COPY_CODE" && button.apps.length === 0 ? [newApp()] : button.apps,
            })
          }
          options={[
            { value: "COPY_CODE", label: "The person copies it" },
            { value: "ONE_TAP", label: "One tap fills it in (Android)" },
            { value: "ZERO_TAP", label: "The app reads it by itself (Android)" },
          ]}
        />
      </Field>
      {reads && (
        <>
          <Field label="Text of the fill-in button" optional>
            {input("autofillText")}
          </Field>
          <Apps apps={button.apps} onChange={(apps) => onChange({ apps })} />
        </>
      )}
      {button.otpType === "ZERO_TAP" && (
        <div className="sm:col-span-2">
          <CheckboxField
            checked={button.zeroTapTerms}
            onCheckedChange={(checked) => onChange({ zeroTapTerms: checked === true })}
            label="We accept Meta's terms for codes read with zero taps"
            hint="People must expect that your app reads the code by itself."
          />
        </div>
      )}
    </>
  );
}

const mostApps = 5;

function Apps({ apps, onChange }: { apps: AppForm[]; onChange: (apps: AppForm[]) => void }) {
  const change = (index: number, part: Partial<AppForm>) =>
    onChange(apps.map((app, at) => (at === index ? { ...app, ...part } : app)));
  return (
    <fieldset className="flex flex-col gap-3 rounded-lg border bg-muted/40 p-3 sm:col-span-2">
      <legend className="px-1 font-medium text-xs">Apps that may read the code</legend>
      {apps.map((app, index) => (
        <div key={app.key} className="flex items-end gap-2 max-sm:flex-col max-sm:items-stretch">
          <Field label="Package name" className="flex-1">
            <Input
              value={app.packageName}
              placeholder="com.example.shop"
              onChange={(event) => change(index, { packageName: event.target.value })}
            />
          </Field>
          <Field label="Signing key hash" className="flex-1">
            <Input
              value={app.signatureHash}
              placeholder="K8a/AINcGX7"
              onChange={(event) => change(index, { signatureHash: event.target.value })}
            />
          </Field>
          <Button
            variant="ghost"
            size="icon"
            aria-label={`Remove app ${index + 1}`}
            onClick={() => onChange(apps.filter((_, at) => at !== index))}
          >
            <Trash2 />
          </Button>
        </div>
      ))}
      <Button
        size="sm"
        className="self-start"
        disabled={apps.length >= mostApps}
        onClick={() => onChange([...apps, newApp()])}
      >
        <Plus /> Add app
      </Button>
    </fieldset>
  );
}

/** Fills in the address of tracked links: campaigns then say where it leads, and count who clicked. */
function TrackedHint({ base, onChange }: { base: string; onChange: ButtonFieldsProps["onChange"] }) {
  return (
    <button
      type="button"
      className="rounded-xs text-primary outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
      onClick={() => onChange({ url: `${base}{{1}}`, example: `${base}diwali` })}
    >
      Count its clicks
    </button>
  );
}
