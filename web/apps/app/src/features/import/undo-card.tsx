import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useOnce } from "@/lib/use-once";
import type { Import } from "./api/list";
import { useUndoImport } from "./api/undo";

/** The way to take an import back. */
export function UndoCard({ data }: { data: Import }) {
  const [asking, setAsking] = useState(false);
  const undo = useUndoImport();
  const once = useOnce();
  if (!useCan("contact.import")) return null;
  return (
    <Card>
      <CardHeader
        title="Was it the wrong file?"
        description="What nobody used or changed since can be taken back."
        action={
          <Button onClick={() => setAsking(true)}>
            <Undo2 /> Undo the import
          </Button>
        }
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title="Undo this import?"
        description="The people it added are removed, unless you wrote to them, they wrote to you, or somebody changed them since. Those it updated get their former values back, where the new ones are still there. Tags and the list are taken away. What has to stay is listed with the reason."
        confirm="Undo the import"
        onConfirm={() =>
          once(data.id, (header) => undo.mutateAsync({ params: { path: { id: data.id }, header } }))
        }
      >
        <ProblemAlert error={undo.error} />
      </ConfirmDialog>
    </Card>
  );
}
