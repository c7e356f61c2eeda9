import { Avatar } from "@aerostic/ui/avatar";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { formatPhone } from "@aerostic/ui/lib/format";
import { Tooltip } from "@aerostic/ui/tooltip";
import { Link } from "@tanstack/react-router";
import { ArrowLeft, PanelRight, Tag } from "lucide-react";
import type { ReactNode } from "react";
import type { ConversationRow, Label, Presence } from "../model";
import { useNames } from "../names";
import { nameOfPerson } from "../preview";
import { LabelMenu } from "./label-menu";

interface ThreadHeaderProps {
  conversation: ConversationRow;
  /** The list is not beside it: shows the way back, and the name is the page's heading. */
  alone: boolean;
  presence: Presence[];
  /** The number of ours that one writes from, where there are several. */
  channel?: string;
  /** Assignee, status and what else can be done. */
  children: ReactNode;
  panelOpen: boolean;
  onPanel: () => void;
}

/** Whom one talks to, who else is here, and what can be done with the conversation. */
export function ThreadHeader(props: ThreadHeaderProps) {
  const { conversation, alone, presence, channel, children, panelOpen, onPanel } = props;
  const { member } = useNames();
  const { contact } = conversation;
  const name = nameOfPerson(contact);
  const Heading = alone ? "h1" : "h2";
  const about = [contact.name && contact.phone && formatPhone(contact.phone), channel]
    .filter(Boolean)
    .join(" · ");
  return (
    <header className="flex h-13 shrink-0 items-center gap-2.5 border-b px-3 md:px-4">
      {alone && (
        <Button asChild variant="ghost" size="icon" className="-ml-1.5">
          <Link to="/inbox" search={(old) => old as never} aria-label="All conversations">
            <ArrowLeft aria-hidden />
          </Link>
        </Button>
      )}
      <Avatar name={name} size="md" className="size-8" />
      <div className="min-w-0 flex-1">
        <Heading className="truncate font-semibold text-sm leading-4.5">
          <Link
            to="/contacts/$id"
            params={{ id: contact.id }}
            className="focus-ring rounded-xs border border-transparent hover:underline"
          >
            <bdi>{name}</bdi>
          </Link>
        </Heading>
        <p className="truncate text-muted-foreground text-xs">{presenceLine(presence, member) ?? about}</p>
      </div>
      {children}
      <Tooltip label={panelOpen ? "Hide the contact" : "Show the contact"}>
        <Button
          variant="ghost"
          size="icon"
          aria-label="Contact"
          aria-pressed={panelOpen}
          onClick={onPanel}
          className="max-md:hidden"
        >
          <PanelRight />
        </Button>
      </Tooltip>
    </header>
  );
}

/** "Dev is typing", "Dev and Ann are here too". */
function presenceLine(presence: Presence[], nameOf: (id: string) => string | undefined): ReactNode {
  const name = ({ userId }: Presence) => nameOf(userId) ?? "Somebody";
  const typing = presence.filter(({ doing }) => doing === "typing").map(name);
  if (typing.length > 0)
    return (
      <span className="text-warning">
        {and(typing)} {typing.length > 1 ? "are" : "is"} typing
      </span>
    );
  const here = presence.map(name);
  if (here.length > 0)
    return (
      <span className="text-primary">
        {and(here)} {here.length > 1 ? "are" : "is"} here too
      </span>
    );
  return undefined;
}

function and(names: string[]): string {
  return new Intl.ListFormat("en", { type: "conjunction" }).format(names);
}

interface LabelBarProps {
  labels: Label[];
  chosen: Label[];
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onToggle: (id: string, on: boolean) => void;
  onCreate?: (name: string) => void;
}

/** A button with the labels it has; they are chosen behind it. */
export function LabelButton({ labels, chosen, ...menu }: LabelBarProps) {
  return (
    // On a phone the menu opens from "More", beside this place.
    <span className="flex items-center gap-1.5 max-md:invisible max-md:absolute max-md:right-3">
      {chosen.slice(0, 2).map(({ id, name, tone }) => (
        <Badge key={id} tone={tone ?? "neutral"} className="max-w-24 max-2xl:hidden">
          <bdi className="truncate">{name}</bdi>
        </Badge>
      ))}
      <LabelMenu
        {...menu}
        labels={labels}
        chosen={chosen.map(({ id }) => id)}
        trigger={
          <Button
            variant="ghost"
            size="icon"
            aria-label={chosen.length > 0 ? `Labels: ${chosen.map(({ name }) => name).join(", ")}` : "Labels"}
          >
            <Tag />
          </Button>
        }
      />
    </span>
  );
}
