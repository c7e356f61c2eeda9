import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { useId } from "react";
import { z } from "zod/mini";
import { submitTo, useSchemaForm } from "@/lib/form";
import type { Channel } from "./api/list";
import { useRenewToken } from "./api/renew-token";
import { TokenInput } from "./token-input";

const schema = z.object({
  accessToken: z.string().check(z.trim(), z.minLength(1, "Paste the access token.")),
});

interface TokenDialogProps {
  channel: Channel;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A new access token for a connected number. */
export function TokenDialog({ channel, open, onOpenChange }: TokenDialogProps) {
  const id = useId();
  const renew = useRenewToken();
  const form = useSchemaForm(schema, { accessToken: "" });
  const submit = form.handleSubmit(async (body) => {
    const saved = await submitTo(form, () =>
      renew.mutateAsync({ params: { path: { id: channel.id } }, body }),
    );
    if (!saved) return;
    toast.success("New token saved", { description: "Waiting messages go out by themselves." });
    onOpenChange(false);
  });
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent
        size="sm"
        title={`New access token for ${formatPhone(channel.displayPhone)}`}
        description="From Meta Business settings, for a system user with access to this account."
        footer={
          <>
            <Button onClick={() => onOpenChange(false)}>Cancel</Button>
            <Button type="submit" form={id} variant="primary" loading={renew.isPending}>
              Save token
            </Button>
          </>
        }
      >
        <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
          <Field
            label="Access token"
            hint="Kept encrypted and never shown again"
            error={form.formState.errors.accessToken?.message}
          >
            <TokenInput {...form.register("accessToken")} />
          </Field>
          <ProblemAlert error={renew.error} except={["accessToken"]} />
        </form>
      </DialogContent>
    </Dialog>
  );
}
