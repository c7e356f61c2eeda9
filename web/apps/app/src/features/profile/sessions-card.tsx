import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { LogOut } from "lucide-react";
import { useState } from "react";
import { useLogoutEverywhere } from "@/features/auth/api/logout-everywhere";

export function SessionsCard() {
  const [asking, setAsking] = useState(false);
  const logout = useLogoutEverywhere();
  return (
    <Card>
      <CardHeader
        title="Sign out everywhere"
        description="Ends every session on every device, this one too"
        className="flex-wrap"
        action={
          <Button onClick={() => setAsking(true)}>
            <LogOut /> Sign out everywhere
          </Button>
        }
      />
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title="Sign out everywhere?"
        description="You are signed out at once on every device, also here. Do it when a phone or a laptop is lost."
        confirm="Sign out everywhere"
        onConfirm={() => logout.mutateAsync({})}
      >
        <ProblemAlert error={logout.error} />
      </ConfirmDialog>
    </Card>
  );
}
