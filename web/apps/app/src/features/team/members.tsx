import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Avatar } from "@aerostic/ui/avatar";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Ellipsis, ShieldCheck, UserMinus } from "lucide-react";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useChangeRole } from "./api/change-role";
import { type Member, type Role, useMembers } from "./api/members";
import { useRemoveMember } from "./api/remove-member";
import { grantable, mayTouch, roleName, roleTone } from "./role";

/** The people of the workspace with their roles. */
export function Members() {
  const { rows, loading, error, onRetry, hasMore, loadingMore, onLoadMore } = usePagedRows(useMembers());
  const [leaving, setLeaving] = useState<Member>();
  if (error) return <ProblemAlert error={error} onRetry={onRetry} />;
  return (
    <Card>
      <CardHeader
        title="Members"
        description={loading ? " " : hasMore ? undefined : formatCount(rows.length, "person", "people")}
        divided
      />
      {loading ? (
        <div role="status" aria-label="Loading members" className="flex flex-col gap-3 p-4">
          <Skeleton className="w-1/2" />
          <Skeleton className="w-2/3" />
        </div>
      ) : (
        <ul>
          {rows.map((member) => (
            <Row key={member.userId} member={member} onRemove={() => setLeaving(member)} />
          ))}
        </ul>
      )}
      {hasMore && (
        <div className="flex justify-center border-t p-2">
          <Button variant="ghost" size="sm" loading={loadingMore} onClick={onLoadMore}>
            Load more
          </Button>
        </div>
      )}
      {leaving && <RemoveDialog member={leaving} onClose={() => setLeaving(undefined)} />}
    </Card>
  );
}

function Row({ member, onRemove }: { member: Member; onRemove: () => void }) {
  const { user, role } = useMe();
  const format = useFormat();
  const canWrite = useCan("team.write");
  return (
    <li className="flex items-center gap-3 border-b px-4 py-2.5 last:border-b-0">
      <Avatar name={member.name} size="lg" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2 text-sm">
          <span className="truncate font-medium" dir="auto">
            {member.name}
          </span>
          {member.userId === user.id && <span className="text-muted-foreground">you</span>}
        </p>
        <p className="truncate text-muted-foreground text-xs">{member.email}</p>
      </div>
      {member.twoFactorEnabled && (
        <span className="flex items-center gap-1 text-success text-xs max-sm:hidden">
          <ShieldCheck aria-hidden className="size-3.5" /> Two-factor
        </span>
      )}
      <span className="w-24 text-right text-muted-foreground text-xs max-md:hidden">
        {format.date(member.joinedAt)}
      </span>
      <Badge tone={roleTone(member.role)}>{roleName(member.role)}</Badge>
      {canWrite &&
        (mayTouch(role, member.role) ? (
          <MemberMenu member={member} onRemove={onRemove} />
        ) : (
          <span className="size-7" />
        ))}
    </li>
  );
}

function MemberMenu({ member, onRemove }: { member: Member; onRemove: () => void }) {
  const { role: mine } = useMe();
  const change = useChangeRole();
  const give = (role: string) => {
    if (role === member.role) return;
    change.mutate(
      { params: { path: { userId: member.userId } }, body: { role: role as Role } },
      {
        onSuccess: () => toast.success(`${member.name} is now ${roleName(role as Role).toLowerCase()}`),
        onError: (error) => toast.error("Could not change the role", { description: error.detail }),
      },
    );
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          variant="ghost"
          size="icon-sm"
          disabled={change.isPending}
          aria-label={`Role and membership of ${member.name}`}
        >
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-72">
        <DropdownMenuLabel>Role</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={member.role} onValueChange={give}>
          {grantable(mine).map(({ value, label, hint }) => (
            <DropdownMenuRadioItem key={value} value={value}>
              <span className="min-w-0">
                <span className="block">{label}</span>
                <span className="block text-muted-foreground text-xs">{hint}</span>
              </span>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={onRemove}>
          <UserMinus /> Remove from the workspace
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function RemoveDialog({ member, onClose }: { member: Member; onClose: () => void }) {
  const { user } = useMe();
  const remove = useRemoveMember();
  const self = member.userId === user.id;
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={self ? "Leave this workspace?" : `Remove ${member.name}?`}
      description={
        self
          ? "You lose access at once. To come back, somebody must invite you again."
          : "They lose access to this workspace at once. What they did stays. They can be invited again."
      }
      confirm={self ? "Leave" : "Remove"}
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { userId: member.userId } } });
        if (self) location.assign("/");
        else toast.success(`${member.name} was removed`);
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
