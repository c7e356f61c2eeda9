import { Button } from "@aerostic/ui/button";
import { Card, CardBody } from "@aerostic/ui/card";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link, useNavigate } from "@tanstack/react-router";
import { Ban, Ellipsis, Eraser, FileArchive, GitMerge, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { MessageSheet } from "@/features/message/message-sheet";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useContact } from "./api/get";
import type { Contact } from "./api/list";
import { nameOf } from "./contact";
import { ContactDetails } from "./contact-details";
import { ContactDialog } from "./contact-dialog";
import { BlockDialog, DeleteDialog, Notices } from "./contact-sheet";
import type { ContactSearch } from "./contacts-search";
import { MergeWith } from "./merge-with";
import { EraseDialog, ExportDialog } from "./privacy-dialogs";
import { Timeline } from "./timeline";

/** Everything about one contact: what is known, and what happened. */
export function ContactScreen({ id, search }: { id: string; search: ContactSearch }) {
  const navigate = useNavigate({ from: "/contacts/$id" });
  const { data: contact, error, refetch } = useContact(id);
  const canWrite = useCan("contact.write");
  const show = (next: Partial<ContactSearch>) =>
    navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  return (
    <Page
      title={contact ? nameOf(contact) : "Contact"}
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
      actions={contact && canWrite && <Actions contact={contact} />}
    >
      {contact ? (
        <PageBody>
          <Notices contact={contact} canWrite={canWrite} />
          <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,22rem)_minmax(0,1fr)]">
            <Card>
              <CardBody className="flex flex-col gap-5">
                <ContactDetails contact={contact} />
              </CardBody>
            </Card>
            <Timeline
              id={id}
              kinds={search.show ?? []}
              onKinds={(kinds) => show({ show: kinds.length > 0 ? kinds : undefined })}
              onMessage={(message) => show({ message })}
            />
          </div>
        </PageBody>
      ) : error ? (
        <PageBody width="form">
          <ProblemAlert error={error} onRetry={() => refetch()} />
        </PageBody>
      ) : (
        <RoutePending />
      )}
      <MessageSheet id={search.message} onClose={() => show({ message: undefined })} />
    </Page>
  );
}

type Asking = "edit" | "merge" | "block" | "delete" | "export" | "erase";

function Actions({ contact }: { contact: Contact }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState<Asking>();
  const mayErase = useCan("contact.privacy");
  const ask = (what: Asking) => ({
    open: asking === what,
    onOpenChange: (open: boolean) => setAsking(open ? what : undefined),
  });
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon" aria-label="More actions">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => setAsking("merge")}>
            <GitMerge /> Merge…
          </DropdownMenuItem>
          {!contact.suppressed && (
            <DropdownMenuItem onSelect={() => setAsking("block")}>
              <Ban /> Block
            </DropdownMenuItem>
          )}
          {mayErase && (
            <DropdownMenuItem onSelect={() => setAsking("export")}>
              <FileArchive /> Export everything
            </DropdownMenuItem>
          )}
          <DropdownMenuItem tone="danger" onSelect={() => setAsking("delete")}>
            <Trash2 /> Delete
          </DropdownMenuItem>
          {mayErase && (
            <DropdownMenuItem tone="danger" onSelect={() => setAsking("erase")}>
              <Eraser /> Erase on request
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <Button variant="primary" onClick={() => setAsking("edit")}>
        <Pencil /> Change
      </Button>
      <ContactDialog {...ask("edit")} contact={contact} />
      {asking === "merge" && (
        <MergeWith
          contact={contact}
          onClose={() => setAsking(undefined)}
          onMerged={({ id }) => navigate({ to: "/contacts/$id", params: { id } })}
        />
      )}
      {asking === "block" && <BlockDialog {...ask("block")} contact={contact} />}
      {asking === "delete" && (
        <DeleteDialog {...ask("delete")} contact={contact} onDeleted={() => navigate({ to: "/contacts" })} />
      )}
      {asking === "export" && <ExportDialog {...ask("export")} contact={contact} />}
      {asking === "erase" && (
        <EraseDialog {...ask("erase")} contact={contact} onErased={() => navigate({ to: "/contacts" })} />
      )}
    </>
  );
}
