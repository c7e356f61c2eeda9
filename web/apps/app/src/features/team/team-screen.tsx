import { Button } from "@aerostic/ui/button";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageBody } from "@/features/shell/page";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { Members } from "./members";

/** Who is in the workspace, and who is asked to come. */
export function TeamScreen() {
  const canWrite = useCan("team.write");
  const [inviting, setInviting] = useState(false);
  return (
    <Page
      title="Team"
      actions={
        canWrite && (
          <Button variant="primary" onClick={() => setInviting(true)} aria-label="Invite somebody">
            <UserPlus /> <span className="max-sm:hidden">Invite</span>
          </Button>
        )
      }
    >
      <PageBody width="form">
        <Members />
        <Invitations />
      </PageBody>
      {inviting && <InviteDialog open onOpenChange={setInviting} />}
    </Page>
  );
}
