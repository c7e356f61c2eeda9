import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { toast } from "@aerostic/ui/toast";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useUndoMerge } from "./api/undo-merge";

/** The way to make two contacts of one again. */
export function UndoMerge({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  const undo = useUndoMerge();
  if (!useCan("contact.write")) return null;
  return (
    <>
      <Button size="xs" variant="ghost" className="mt-1 -ml-2" onClick={() => setAsking(true)}>
        <Undo2 /> Separate again
      </Button>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        title="Make two contacts of this one again?"
        description="Both get their former values, tags and numbers back. What was changed since the merge stays with this one, and messages stay where they went."
        confirm="Separate"
        onConfirm={async () => {
          const { kept } = await undo.mutateAsync({ params: { path: { id } } });
          toast.success("There are two contacts again", { description: kept.join(" ") || undefined });
        }}
      >
        <ProblemAlert error={undo.error} />
      </ConfirmDialog>
    </>
  );
}
