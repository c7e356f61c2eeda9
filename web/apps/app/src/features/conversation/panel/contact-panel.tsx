import { Avatar } from "@aerostic/ui/avatar";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@aerostic/ui/tabs";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { GitMerge } from "lucide-react";
import { useState } from "react";
import { useCan, useMe } from "@/features/auth/api/me";
import { useContact } from "@/features/contact/api/get";
import type { Contact } from "@/features/contact/api/list";
import type { EntryKind } from "@/features/contact/api/timeline";
import { consentNames, consentTones, nameOf } from "@/features/contact/contact";
import { ContactDetails } from "@/features/contact/contact-details";
import { MergeWith } from "@/features/contact/merge-with";
import { Timeline } from "@/features/contact/timeline";
import { MessageSheet } from "@/features/message/message-sheet";
import { conversationQuery } from "../api/conversation";
import { loadedRow, refreshConversations, refreshThread } from "../cache";
import { Cases } from "./cases";

/** Whom one talks to: what is known, earlier cases, and everything that happened. */
export function ContactPanel({ conversationId }: { conversationId: string }) {
  const client = useQueryClient();
  const { data } = useQuery({
    ...conversationQuery(conversationId),
    placeholderData: () => loadedRow(client, conversationId) as never,
  });
  return (
    <aside aria-label="Contact" className="scroll-pane flex w-72 shrink-0 flex-col border-l">
      {data ? <Known id={data.contact.id} conversationId={conversationId} /> : <Loading />}
    </aside>
  );
}

function Known({ id, conversationId }: { id: string; conversationId: string }) {
  const { data: contact, error, refetch } = useContact(id);
  if (error && !contact) return <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" />;
  if (!contact) return <Loading />;
  return (
    <>
      <Head contact={contact} />
      <Tabs defaultValue="profile" className="flex flex-col px-4 pb-5">
        <TabsList aria-label="About the contact" className="-mx-4 px-4">
          <TabsTrigger value="profile">Profile</TabsTrigger>
          <TabsTrigger value="cases">Cases</TabsTrigger>
          <TabsTrigger value="timeline">Timeline</TabsTrigger>
        </TabsList>
        <TabsContent value="profile" className="flex flex-col gap-5">
          <ContactDetails contact={contact} />
          <Merge contact={contact} conversationId={conversationId} />
        </TabsContent>
        <TabsContent value="cases">
          <Cases conversationId={conversationId} />
        </TabsContent>
        <TabsContent value="timeline" className="-mx-4">
          <Story id={id} />
        </TabsContent>
      </Tabs>
    </>
  );
}

function Head({ contact }: { contact: Contact }) {
  const name = nameOf(contact);
  return (
    <header className="flex flex-col items-center gap-0.5 px-4 pt-6 pb-3 text-center">
      <Avatar name={name} size="lg" className="mb-2 size-14 text-lg" />
      <h2 className="font-semibold text-md tracking-title">
        <Link
          to="/contacts/$id"
          params={{ id: contact.id }}
          className="focus-ring rounded-xs border border-transparent hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
      </h2>
      {contact.phone && <p className="text-muted-foreground text-xs">{formatPhone(contact.phone)}</p>}
      <p className="mt-2 flex flex-wrap justify-center gap-1">
        <Badge tone={consentTones[contact.optIn.state]}>{consentNames[contact.optIn.state]}</Badge>
        {contact.suppressed && <Badge tone="danger">Blocked</Badge>}
        {contact.tags.slice(0, 4).map(({ id, name: tag }) => (
          <Badge key={id} tone="outline" className="max-w-28">
            <bdi className="truncate">{tag}</bdi>
          </Badge>
        ))}
      </p>
    </header>
  );
}

/** The same person may have written from two numbers: their threads stay with whom one talks to. */
function Merge({ contact, conversationId }: { contact: Contact; conversationId: string }) {
  const canWrite = useCan("contact.write");
  const client = useQueryClient();
  const me = useMe().user.id;
  const [open, setOpen] = useState(false);
  const refresh = () =>
    Promise.all([refreshConversations(client, [conversationId], me), refreshThread(client, conversationId)]);
  if (!canWrite) return null;
  return (
    <>
      <Button size="sm" className="self-start" onClick={() => setOpen(true)}>
        <GitMerge /> Merge…
      </Button>
      {open && <MergeWith contact={contact} onClose={() => setOpen(false)} onMerged={() => void refresh()} />}
    </>
  );
}

function Story({ id }: { id: string }) {
  const [kinds, setKinds] = useState<EntryKind[]>([]);
  const [message, setMessage] = useState<string>();
  return (
    <>
      <Timeline id={id} kinds={kinds} onKinds={setKinds} onMessage={setMessage} />
      <MessageSheet id={message} onClose={() => setMessage(undefined)} />
    </>
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the contact" className="flex flex-col items-center gap-3 p-6">
      <Skeleton className="size-14 rounded-full" />
      <Skeleton className="h-4 w-32" />
      <Skeleton className="mt-4 h-32 w-full" />
    </div>
  );
}
