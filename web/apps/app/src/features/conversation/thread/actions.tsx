import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { toast } from "@aerostic/ui/toast";
import { Link, useNavigate } from "@tanstack/react-router";
import { Ban, ContactRound, Ellipsis, MailOpen, Tag, UserPlus } from "lucide-react";
import { type RefObject, useRef, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { MacroMenu, macroItems } from "@/features/reply/macro-menu";
import { useMacroRuns } from "@/features/reply/use-macros";
import { useBlock, useUnblock } from "../api/block";
import { useAssign, useSetLabels, useSetStatus } from "../api/change";
import { useAddLabel } from "../api/labels";
import { useMarkUnread } from "../api/read";
import { useInboxSettings } from "../api/settings";
import type { ComposerHandle } from "../composer/composer";
import type { ConversationRow, Label } from "../model";
import { useNames } from "../names";
import { useKeys } from "../use-keys";
import { AssignMenu, type Assignment } from "./assign-menu";
import { LabelButton } from "./header";
import { ResolveDialog, SnoozeDialog } from "./resolve-dialog";
import { type StatusChange, StatusMenu } from "./status-menu";

type Open = "assign" | "status" | "labels" | "resolve" | "snooze";

interface ThreadActionsProps {
  conversation: ConversationRow;
  composer: RefObject<ComposerHandle | null>;
}

const failed = {
  onError: (error: { detail?: string }) =>
    void toast.error("That did not work", { description: error.detail }),
};

/** Who looks after it, what becomes of it, its labels, and the keys for all of these. */
export function ThreadActions({ conversation, composer }: ThreadActionsProps) {
  const [open, setOpen] = useState<Open>();
  const canReply = useCan("inbox.reply");
  const names = useNames();
  const act = useActs(conversation);
  const askReason = useInboxSettings().data?.requireReason ?? false;
  const navigate = useNavigate();
  const toggle = (what: Open) => ({
    open: open === what,
    onOpenChange: (on: boolean) => setOpen(on ? what : undefined),
  });
  const resolve = () => {
    if (conversation.status === "resolved") act.status({ status: "open" });
    else if (askReason) setOpen("resolve");
    else act.status({ status: "resolved" });
  };
  const may = <Act,>(does: Act) => (canReply ? does : undefined);
  useKeys({
    r: may(() => composer.current?.focus("reply")),
    n: may(() => composer.current?.focus("note")),
    "/": may(() => composer.current?.canned()),
    a: may(() => setOpen("assign")),
    e: may(resolve),
    s: may(() => setOpen("status")),
    l: may(() => setOpen("labels")),
    u: may(act.unread),
    Escape: () => void navigate({ to: "/inbox", search: (old) => old as never }),
  });
  const chosen = conversation.labels.flatMap((id) => names.label(id) ?? []);
  if (!canReply) return null;
  return (
    <span className="flex items-center gap-1.5">
      <LabelButton
        {...toggle("labels")}
        labels={names.labels}
        chosen={chosen}
        onToggle={act.label}
        onCreate={act.newLabel}
      />
      <AssignMenu
        {...toggle("assign")}
        assignee={named(conversation.assigneeId, names.member)}
        team={named(conversation.teamId, names.team)}
        members={names.members}
        teams={names.teams}
        me={names.me}
        onAssign={act.assign}
      />
      <StatusMenu
        {...toggle("status")}
        status={conversation.status}
        askReason={askReason}
        onChange={act.status}
        onResolveWith={() => setOpen("resolve")}
        onSnoozeUntil={() => setOpen("snooze")}
      />
      <span className="max-sm:hidden">
        <MacroMenu ids={[conversation.id]} />
      </span>
      <More
        conversation={conversation}
        onUnread={act.unread}
        onAssign={() => setOpen("assign")}
        onLabels={() => setOpen("labels")}
      />
      {open === "resolve" && (
        <ResolveDialog
          reasons={names.reasons}
          required={askReason}
          onClose={() => setOpen(undefined)}
          onChange={act.status}
        />
      )}
      {open === "snooze" && <SnoozeDialog onClose={() => setOpen(undefined)} onChange={act.status} />}
    </span>
  );
}

function named(id: string | undefined, nameOf: (id?: string) => string | undefined) {
  return id ? { id, name: nameOf(id) ?? "A former member" } : undefined;
}

/** What the buttons and keys do with this one conversation. */
function useActs({ id }: ConversationRow) {
  const [setStatus, assign, setLabels] = [useSetStatus(), useAssign(), useSetLabels()];
  const [addLabel, markUnread] = [useAddLabel(), useMarkUnread()];
  const ids = [id];
  const label = (labelId: string, on: boolean) =>
    setLabels.mutate({ body: { ids, ...(on ? { add: [labelId] } : { remove: [labelId] }) } }, failed);
  return {
    status: ({ until, ...change }: StatusChange) =>
      setStatus.mutate({ body: { ids, ...change, until: until?.toISOString() } }, failed),
    assign: (to: Assignment) => assign.mutate({ body: { ids, ...to } }, failed),
    label,
    newLabel: (name: string) =>
      addLabel.mutate({ body: { name } }, { ...failed, onSuccess: (made: Label) => label(made.id, true) }),
    unread: () => markUnread.mutate({ params: { path: { id } } }, failed),
  };
}

function More({
  conversation: { id, contact, blocked },
  onUnread,
  onAssign,
  onLabels,
}: {
  conversation: ConversationRow;
  onUnread: () => void;
  onAssign: () => void;
  onLabels: () => void;
}) {
  const [block, unblock] = [useBlock(), useUnblock()];
  const runs = useMacroRuns([id]);
  // A menu that opens from here waits until this one has let go of the focus.
  const next = useRef<() => void>(undefined);
  const [asking, setAsking] = useState(false);
  const turn = () => (blocked ? unblock : block).mutate({ params: { path: { id } } }, failed);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="end"
          onCloseAutoFocus={(event) => {
            if (!next.current) return;
            event.preventDefault();
            next.current();
            next.current = undefined;
          }}
        >
          <DropdownMenuItem onSelect={onUnread}>
            <MailOpen /> Mark as unread
          </DropdownMenuItem>
          <DropdownMenuItem className="md:hidden" onSelect={() => (next.current = onAssign)}>
            <UserPlus /> Assign
          </DropdownMenuItem>
          <DropdownMenuItem className="md:hidden" onSelect={() => (next.current = onLabels)}>
            <Tag /> Labels
          </DropdownMenuItem>
          {macroItems(runs, "sm:hidden")}
          <DropdownMenuSeparator />
          <DropdownMenuItem asChild>
            <Link to="/contacts/$id" params={{ id: contact.id }}>
              <ContactRound /> Open the contact
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem
            tone={blocked ? undefined : "danger"}
            onSelect={() => {
              if (blocked) turn();
              else next.current = () => setAsking(true);
            }}
          >
            <Ban /> {blocked ? "Unblock" : "Block this person"}
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={asking}
        onOpenChange={setAsking}
        destructive
        title="Block this person?"
        description="They cannot write to this number any more, and the conversation is resolved. You can take it back."
        confirm="Block"
        onConfirm={turn}
      />
    </>
  );
}
