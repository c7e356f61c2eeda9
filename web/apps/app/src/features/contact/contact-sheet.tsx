import { Alert } from "@aerostic/ui/alert";
import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Sheet, SheetContent } from "@aerostic/ui/sheet";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { Ban, History, Pencil, Trash2 } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useFormat } from "@/lib/format";
import { useContact } from "./api/get";
import type { Contact } from "./api/list";
import { useDeleteContact } from "./api/remove";
import { useSuppressContact } from "./api/suppress";
import { useUnsuppressContact } from "./api/unsuppress";
import { nameOf } from "./contact";
import { ContactDetails } from "./contact-details";
import { ContactDialog } from "./contact-dialog";

/** One contact beside the list. Open while there is an id. */
export function ContactSheet({ id, onClose }: { id?: string; onClose: () => void }) {
  return (
    <Sheet open={id !== undefined} onOpenChange={(open) => !open && onClose()}>
      {id && <Content key={id} id={id} onClose={onClose} />}
    </Sheet>
  );
}

type Asking = "edit" | "block" | "delete";

function Content({ id, onClose }: { id: string; onClose: () => void }) {
  const { data: contact, error, refetch } = useContact(id);
  const canWrite = useCan("contact.write");
  const [asking, setAsking] = useState<Asking>();
  const ask = (what: Asking) => ({
    open: asking === what,
    onOpenChange: (open: boolean) => setAsking(open ? what : undefined),
  });
  return (
    <SheetContent
      title={<span dir="auto">{contact ? nameOf(contact) : error ? "Contact" : "Loading"}</span>}
      footer={
        contact &&
        canWrite && (
          <>
            <Button
              variant="ghost"
              className="mr-auto text-destructive hover:text-destructive"
              onClick={() => setAsking("delete")}
            >
              <Trash2 /> Delete
            </Button>
            {!contact.suppressed && (
              <Button onClick={() => setAsking("block")}>
                <Ban /> Block
              </Button>
            )}
            <Button variant="primary" onClick={() => setAsking("edit")}>
              <Pencil /> Change
            </Button>
          </>
        )
      }
    >
      {error && !contact && <ProblemAlert error={error} onRetry={() => refetch()} className="m-5" />}
      {!error && !contact && <Loading />}
      {contact && (
        <div className="flex flex-col gap-5 p-5">
          <Notices contact={contact} canWrite={canWrite} />
          <Button asChild className="self-start">
            <Link to="/contacts/$id" params={{ id: contact.id }}>
              <History /> Timeline and notes
            </Link>
          </Button>
          <ContactDetails contact={contact} />
          <ContactDialog {...ask("edit")} contact={contact} />
          {asking === "block" && <BlockDialog {...ask("block")} contact={contact} />}
          {asking === "delete" && <DeleteDialog {...ask("delete")} contact={contact} onDeleted={onClose} />}
        </div>
      )}
    </SheetContent>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the contact" className="flex flex-col gap-4 p-5">
      <Skeleton className="h-9 w-2/3" />
      <Skeleton className="h-20" />
      <Skeleton className="h-40" />
    </div>
  );
}

/** What keeps messages from a person, with the way to allow them again. */
export function Notices({ contact, canWrite }: { contact: Contact; canWrite: boolean }) {
  const format = useFormat();
  const unblock = useUnsuppressContact();
  const { suppressed, unreachable } = contact;
  const allow = () =>
    unblock.mutate(
      { params: { path: { id: contact.id } } },
      {
        onSuccess: () => toast.success("Messages are allowed again"),
        onError: (error) => toast.error("Could not unblock", { description: error.detail }),
      },
    );
  return (
    <>
      {suppressed && (
        <Alert
          tone="warning"
          title="Blocked: nothing is sent to this person"
          action={
            canWrite && (
              <Button size="sm" loading={unblock.isPending} onClick={allow}>
                Unblock
              </Button>
            )
          }
        >
          {suppressed.reason}
          <span className="block text-muted-foreground">{byLine(suppressed, format.date)}</span>
        </Alert>
      )}
      {unreachable && (
        <Alert tone="info" title="WhatsApp could not reach this number">
          {unreachable.reason}
          <span className="block text-muted-foreground">Since {format.date(unreachable.at)}.</span>
        </Alert>
      )}
    </>
  );
}

function byLine({ by, at }: { by?: string; at: string }, date: (at: string) => string): string {
  return by
    ? `By ${by === "whatsapp" ? "WhatsApp" : by === "contact" ? "the person" : by}, ${date(at)}.`
    : `Since ${date(at)}.`;
}

interface AskProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  contact: Contact;
}

/** Stops every message to a contact. */
export function BlockDialog({ contact, ...dialog }: AskProps) {
  const suppress = useSuppressContact();
  const [reason, setReason] = useState("");
  return (
    <ConfirmDialog
      {...dialog}
      destructive
      title={`Block ${nameOf(contact)}?`}
      description="Nothing is sent to this person any more: no campaigns and no replies, until somebody unblocks them."
      confirm="Block"
      onConfirm={async () => {
        await suppress.mutateAsync({
          params: { path: { id: contact.id } },
          body: { reason: reason.trim() || "Blocked by hand." },
        });
        toast.success("Contact blocked");
      }}
    >
      <Field label="Why" hint="For whoever looks later" optional>
        <Input
          value={reason}
          maxLength={300}
          dir="auto"
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <ProblemAlert error={suppress.error} />
    </ConfirmDialog>
  );
}

/** Erases what is known about a contact. */
export function DeleteDialog({ contact, onDeleted, ...dialog }: AskProps & { onDeleted: () => void }) {
  const remove = useDeleteContact();
  return (
    <ConfirmDialog
      {...dialog}
      destructive
      title={`Delete ${nameOf(contact)}?`}
      description="Name, email, fields and tags are erased for good. The number and what the person said about marketing stay on file, so that somebody who opted out stays opted out."
      confirm="Delete"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: contact.id } } });
        toast.success("Contact deleted");
        onDeleted();
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
