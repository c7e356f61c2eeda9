import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Mail, Send, X } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { useOnce } from "@/lib/use-once";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Invitation, useInvitations } from "./api/invitations";
import { useResendInvitation } from "./api/resend";
import { useRevokeInvitation } from "./api/revoke";
import { roleName } from "./role";

/** Invitations that nobody has accepted yet. */
export function Invitations() {
  const { rows, loading, error, onRetry } = usePagedRows(useInvitations());
  const [revoking, setRevoking] = useState<Invitation>();
  if (error) return <ProblemAlert error={error} onRetry={onRetry} />;
  return (
    <Card>
      <CardHeader title="Open invitations" description="A link works for seven days" divided />
      {loading && (
        <div role="status" aria-label="Loading invitations" className="p-4">
          <Skeleton className="w-1/2" />
        </div>
      )}
      {!loading && rows.length === 0 && (
        <p className="flex items-center gap-2.5 px-4 py-6 text-muted-foreground text-sm">
          <Mail aria-hidden className="size-4" /> Nobody is invited at the moment.
        </p>
      )}
      <ul>
        {rows.map((invitation) => (
          <Row key={invitation.id} invitation={invitation} onRevoke={() => setRevoking(invitation)} />
        ))}
      </ul>
      {revoking && <RevokeDialog invitation={revoking} onClose={() => setRevoking(undefined)} />}
    </Card>
  );
}

function Row({ invitation, onRevoke }: { invitation: Invitation; onRevoke: () => void }) {
  const format = useFormat();
  const canWrite = useCan("team.write");
  const resend = useResendInvitation();
  const once = useOnce();
  const send = () =>
    once(invitation.id, (header) =>
      resend.mutateAsync({ params: { path: { id: invitation.id }, header } }),
    ).then(
      () => toast.success("Sent again", { description: `Good for seven more days at ${invitation.email}.` }),
      (error) => toast.error("Could not send", { description: error.detail }),
    );
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1.5 border-b px-4 py-2.5 last:border-b-0">
      <div className="min-w-0 flex-1 basis-48">
        <p className="truncate font-medium text-sm">{invitation.email}</p>
        <p className="truncate text-muted-foreground text-xs">
          {roleName(invitation.role)}
          {invitation.invitedBy && `, invited by ${invitation.invitedBy}`}
          {invitation.sentAt ? `, mailed ${format.relative(invitation.sentAt)}` : ", mail on its way"}
        </p>
      </div>
      <Badge tone={invitation.expired ? "danger" : "warning"} dot>
        {invitation.expired ? "Expired" : `Until ${format.day(invitation.expiresAt)}`}
      </Badge>
      {canWrite && (
        <div className="flex items-center gap-1">
          <Button size="sm" variant="ghost" loading={resend.isPending} onClick={send}>
            <Send /> Send again
          </Button>
          <Button
            size="icon-sm"
            variant="ghost"
            aria-label={`Withdraw the invitation of ${invitation.email}`}
            onClick={onRevoke}
          >
            <X />
          </Button>
        </div>
      )}
    </li>
  );
}

function RevokeDialog({ invitation, onClose }: { invitation: Invitation; onClose: () => void }) {
  const revoke = useRevokeInvitation();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title="Withdraw this invitation?"
      description={`The link mailed to ${invitation.email} stops working.`}
      confirm="Withdraw"
      onConfirm={async () => {
        await revoke.mutateAsync({ params: { path: { id: invitation.id } } });
        toast.success("Invitation withdrawn");
      }}
    >
      <ProblemAlert error={revoke.error} />
    </ConfirmDialog>
  );
}
