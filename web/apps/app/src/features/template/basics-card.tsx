import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatPhone } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import type { Channel } from "@/features/channel/api/list";
import { asName, recategorised, reshaped } from "./form";
import { Findings } from "./form-parts";
import { languageOptions } from "./languages";
import { CategoryField, ShapeField } from "./shape-field";
import type { FormPart } from "./template-editor";

interface BasicsCardProps extends FormPart {
  channels: Channel[];
  /** An edit keeps name and language; an approved template its category too. */
  editing?: { approved: boolean };
}

/** Whose it is, what it is for and what it is called. */
export function BasicsCard({ form, change, shown, leave, invalid, channels, editing }: BasicsCardProps) {
  return (
    <Card>
      <CardHeader title="Basics" />
      <CardBody className="flex flex-col gap-4">
        {channels.length > 1 && !editing && (
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
        <CategoryField
          value={form.category}
          fixed={editing?.approved}
          onChange={(category) => change(recategorised(form, category))}
        />
        <Findings findings={shown("category")} />
        {form.category === "MARKETING" && (
          <ShapeField value={form.shape} onChange={(shape) => change(reshaped(form, shape))} />
        )}
        <div className="grid gap-4 sm:grid-cols-2">
          <div className="flex flex-col gap-1.5">
            <Field label="Name" hint="Small letters, digits and underscores; people do not see it">
              <Input
                value={form.name}
                disabled={editing !== undefined}
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
                disabled={editing !== undefined}
                onValueChange={(language) => change({ language })}
                options={languageOptions}
              />
            </Field>
            <Findings findings={shown("language")} />
          </div>
        </div>
      </CardBody>
    </Card>
  );
}
