import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Select } from "@aerostic/ui/select";
import { SwitchField } from "@aerostic/ui/switch";
import { useChannels } from "@/features/channel/api/list";
import { useTemplate } from "@/features/template/api/template";
import type { Route } from "../route";
import type { TestStepProps } from "./test-step";

/** Whether WhatsApp may choose when marketing is delivered, by its Marketing Messages API. */
export function RouteCard({ content: { route, channelId, templateId }, change }: TestStepProps) {
  const { data: template } = useTemplate(templateId);
  const channel = useChannels().data?.items.find(({ id }) => id === channelId);
  const on = route !== "usual";
  if (template && template.category !== "MARKETING" && !on) return null;
  const may = channel?.marketingApi === true;
  return (
    <Card>
      <CardHeader
        title="Delivery"
        description="WhatsApp can send marketing to more of the people who are likely to act on it, for the same price"
      />
      <CardBody className="flex flex-col gap-4">
        <SwitchField
          label="Let WhatsApp optimise delivery"
          hint={
            may || on
              ? "Sent by its Marketing Messages API; compare the results with a campaign sent the usual way"
              : "Accept the terms of the Marketing Messages API in WhatsApp Manager, then refresh the number"
          }
          checked={on}
          disabled={!may && !on}
          onCheckedChange={(next) => change({ route: next ? "fallback" : "usual" })}
        />
        {on && (
          <Field label="What cannot go that way">
            <Select
              value={route}
              onValueChange={(value) => change({ route: value as Route })}
              options={[
                { value: "fallback", label: "Is sent the usual way" },
                { value: "strict", label: "Is not sent" },
              ]}
            />
          </Field>
        )}
      </CardBody>
    </Card>
  );
}
