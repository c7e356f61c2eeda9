import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field, FieldGroup } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { toast } from "@aerostic/ui/toast";
import { useId, useState } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { type ChannelChoice, useConnectChannel } from "./api/connect";
import { TokenInput } from "./token-input";

const schema = z.object({
  wabaId: z
    .string()
    .check(z.trim(), z.minLength(1, "Enter the account id."), z.regex(/^\d*$/, "An id has digits only.")),
  accessToken: z.string().check(z.trim(), z.minLength(1, "Paste the access token.")),
});

/** Connects a number by access token; an account with several numbers asks which. */
export function ConnectDialog({
  open,
  onOpenChange,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}) {
  const id = useId();
  const [busy, setBusy] = useState(false);
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        title="Connect a number"
        description="You find both in Meta Business settings: the account id under WhatsApp accounts, the token under System users."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" form={id} variant="primary" loading={busy}>
              Connect
            </Button>
          </>
        }
      >
        <ConnectForm id={id} onBusy={setBusy} onDone={() => onOpenChange(false)} />
      </DialogContent>
    </Dialog>
  );
}

function ConnectForm({
  id,
  onBusy,
  onDone,
}: {
  id: string;
  onBusy: (busy: boolean) => void;
  onDone: () => void;
}) {
  const form = useSchemaForm(schema, { wabaId: "", accessToken: "" });
  const connect = useConnectChannel();
  const once = useOnce();
  const [choices, setChoices] = useState<ChannelChoice[]>([]);
  const [chosen, setChosen] = useState<string>();
  const { errors } = form.formState;

  const submit = form.handleSubmit(async (values) => {
    onBusy(true);
    const body = { ...values, phoneNumberId: chosen };
    const answer = await submitTo(form, () =>
      once(body, (header) => connect.mutateAsync({ body, params: { header } })),
    ).finally(() => onBusy(false));
    if (!answer) return;
    if (!answer.channel) {
      setChoices(answer.choices);
      setChosen(answer.choices[0]?.phoneNumberId);
      return;
    }
    toast.success(`${formatPhone(answer.channel.displayPhone)} is connected`);
    onDone();
  });

  return (
    <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <Field label="WhatsApp Business Account id" error={errors.wabaId?.message}>
        <Input
          inputMode="numeric"
          autoComplete="off"
          placeholder="102290129340398"
          {...form.register("wabaId")}
        />
      </Field>
      <Field
        label="Access token"
        hint="Needs whatsapp_business_messaging and whatsapp_business_management. Kept encrypted and never shown again."
        error={errors.accessToken?.message}
      >
        <TokenInput {...form.register("accessToken")} />
      </Field>
      {choices.length > 0 && (
        <FieldGroup label="This account has several numbers. Which one?">
          <RadioGroup value={chosen} onValueChange={setChosen}>
            {choices.map((choice) => (
              <RadioCard
                key={choice.phoneNumberId}
                value={choice.phoneNumberId}
                label={formatPhone(choice.displayPhone)}
                hint={choice.verifiedName}
              />
            ))}
          </RadioGroup>
        </FieldGroup>
      )}
      <ProblemAlert error={connect.error} except={["wabaId", "accessToken"]} />
    </form>
  );
}
