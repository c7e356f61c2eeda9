import { Avatar } from "@aerostic/ui/avatar";
import { Badge } from "@aerostic/ui/badge";
import type { Column } from "@aerostic/ui/data-table";
import { formatPhone } from "@aerostic/ui/lib/format";
import { CellStack } from "@aerostic/ui/table";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { useFormat } from "@/lib/format";
import type { Contact } from "./api/list";
import { consentNames, consentTones, nameOf } from "./contact";
import { OwnerName, useOwnerOptions } from "./owner-options";
import { StageBadge, useStageOptions } from "./stage-options";
import { TagSign } from "./tag-options";

const shownTags = 2;

/** The columns of the contact list. */
export function useContactColumns(): Column<Contact>[] {
  const format = useFormat();
  const { stages } = useStageOptions();
  const owners = useOwnerOptions();
  return useMemo(
    () => [
      { id: "name", header: "Contact", cell: (contact) => <NameCell contact={contact} /> },
      {
        id: "phone",
        header: "Phone",
        width: "11rem",
        hideBelow: "md",
        cell: ({ phone }) =>
          phone ? formatPhone(phone) : <span className="text-muted-foreground">Hidden</span>,
      },
      {
        id: "consent",
        header: "Marketing",
        width: "8.5rem",
        cell: (contact) => <ConsentBadge contact={contact} />,
      },
      {
        id: "stage",
        header: "Stage",
        width: "9rem",
        hideBelow: "md",
        cell: ({ stageId }) => {
          const stage = stages.find(({ id }) => id === stageId);
          return stage && <StageBadge stage={stage} />;
        },
      },
      {
        id: "owner",
        header: "Owner",
        width: "10rem",
        hideBelow: "xl",
        cell: ({ ownerId }) => ownerId && <OwnerName id={ownerId} options={owners} />,
      },
      {
        id: "tags",
        header: "Tags and lists",
        width: "16rem",
        hideBelow: "lg",
        cell: ({ tags }) => <TagsCell tags={tags} />,
      },
      {
        id: "added",
        header: "Added",
        width: "9rem",
        hideBelow: "xl",
        cell: ({ createdAt }) => <span className="text-muted-foreground">{format.date(createdAt)}</span>,
      },
    ],
    [format, stages, owners],
  );
}

function NameCell({ contact }: { contact: Contact }) {
  const name = nameOf(contact);
  return (
    <span className="flex min-w-0 items-center gap-3">
      <Avatar name={name} />
      <CellStack
        title={
          <Link
            from="/contacts/"
            to="/contacts"
            search={(search) => ({ ...search, contact: contact.id })}
            className="focus-ring rounded-xs border border-transparent"
            dir="auto"
          >
            {name}
          </Link>
        }
        note={
          <>
            <span className="md:hidden">{contact.phone && formatPhone(contact.phone)}</span>
            <span className="max-md:hidden">{contact.email}</span>
          </>
        }
      />
    </span>
  );
}

/** Consent, or that nothing is sent at all. */
export function ConsentBadge({ contact }: { contact: Contact }) {
  if (contact.suppressed) {
    return (
      <Badge tone="danger" dot>
        Blocked
      </Badge>
    );
  }
  const { state } = contact.optIn;
  return (
    <Badge tone={consentTones[state]} dot>
      {consentNames[state]}
    </Badge>
  );
}

function TagsCell({ tags }: { tags: Contact["tags"] }) {
  return (
    <span className="flex items-center gap-1 overflow-hidden">
      {tags.slice(0, shownTags).map((tag) => (
        <Badge
          key={tag.id}
          tone="outline"
          className="min-w-0 max-w-32 shrink [&_svg]:size-3 [&_svg]:shrink-0"
        >
          <TagSign kind={tag.kind} />
          <span className="truncate" dir="auto">
            {tag.name}
          </span>
        </Badge>
      ))}
      {tags.length > shownTags && (
        <span className="shrink-0 text-muted-foreground text-xs">+{tags.length - shownTags}</span>
      )}
    </span>
  );
}
