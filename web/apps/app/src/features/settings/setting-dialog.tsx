import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { type ReactNode, useId, useState } from "react";

interface SettingDialogProps {
  title: string;
  size?: "md" | "lg";
  /** Saves; what it rejects with is shown. */
  onSave: () => Promise<unknown>;
  onClose: () => void;
  children: ReactNode;
}

/** A form over a list of settings that is saved as a whole. */
export function SettingDialog({ title, size, onSave, onClose, children }: SettingDialogProps) {
  const formId = useId();
  const [problem, setProblem] = useState<unknown>();
  const [saving, setSaving] = useState(false);
  const save = async () => {
    setSaving(true);
    try {
      await onSave();
      toast.success("Saved");
      onClose();
    } catch (error) {
      setProblem(error);
      setSaving(false);
    }
  };
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        size={size}
        title={title}
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" form={formId} variant="primary" loading={saving}>
              Save
            </Button>
          </>
        }
      >
        <form
          id={formId}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
          className="flex flex-col gap-5"
        >
          <ProblemAlert error={problem as never} />
          {children}
        </form>
      </DialogContent>
    </Dialog>
  );
}
