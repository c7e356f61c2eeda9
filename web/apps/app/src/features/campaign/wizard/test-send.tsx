import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { ComboPopover } from "@aerostic/ui/combo-menu";
import { Command, CommandEmpty, CommandInput, CommandItem, CommandList } from "@aerostic/ui/command";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { ChevronsUpDown, Send } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { type Contact, useContactSearch } from "@/features/contact/api/search";
import { useMessage } from "@/features/message/api/message";
import { useOnce } from "@/lib/use-once";
import { useTestSend } from "../api/test-send";
import { outcomeLooks } from "../outcome";

/** Sends the message to one contact, with that contact's own values, and follows it. */
export function TestSend({ campaignId, variant }: { campaignId: string; variant: number }) {
  const [contact, setContact] = useState<Contact>();
  const [sentTo, setSentTo] = useState("");
  const test = useTestSend();
  const once = useOnce();
  if (!useCan("campaign.send")) return null;
  const send = async () => {
    if (!contact) return;
    const params = { path: { id: campaignId } };
    const body = { contactId: contact.id, variant };
    const sent = await once({ ...params, ...body }, (header) =>
      test.mutateAsync({ params: { ...params, header }, body }),
    ).catch(() => undefined);
    if (sent) setSentTo(nameOf(contact));
  };
  return (
    <Card>
      <CardHeader
        title="Try it first"
        description="One real message to one contact; it costs what any message costs"
      />
      <CardBody className="flex flex-col gap-3">
        <div className="flex gap-2">
          <ContactPicker value={contact} onChange={setContact} />
          <Button
            className="max-sm:h-10"
            disabled={!contact}
            loading={test.isPending}
            onClick={() => void send()}
          >
            <Send /> Send test
          </Button>
        </div>
        <ProblemAlert error={test.error} />
        {test.data && !test.isPending && <Followed id={test.data.messageId} name={sentTo} />}
      </CardBody>
    </Card>
  );
}

function nameOf(contact: Contact): string {
  return contact.name || (contact.phone ? formatPhone(contact.phone) : "Contact without a number");
}

interface ContactPickerProps {
  value: Contact | undefined;
  onChange: (contact: Contact) => void;
}

function ContactPicker({ value, onChange }: ContactPickerProps) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState("");
  const { data, isPending } = useContactSearch(useDebouncedValue(text.trim()));
  return (
    <ComboPopover
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          role="combobox"
          aria-expanded={open}
          aria-label="Contact for the test"
          className="min-w-0 flex-1 justify-between px-2.5 font-normal max-sm:h-10"
        >
          <span dir="auto" className={value ? "truncate" : "truncate text-subtle-foreground"}>
            {value ? nameOf(value) : "Choose a contact"}
          </span>
          <ChevronsUpDown className="text-muted-foreground" />
        </Button>
      }
    >
      <Command shouldFilter={false} label="Search contacts">
        <CommandInput
          placeholder="Name or phone number"
          value={text}
          onValueChange={setText}
          className="text-base sm:text-sm"
        />
        <CommandList className="max-h-72 p-1">
          <CommandEmpty className="py-6">{isPending ? "Searching" : "Nobody found"}</CommandEmpty>
          {data?.items.map((contact) => (
            <CommandItem
              key={contact.id}
              value={contact.id}
              onSelect={() => {
                onChange(contact);
                setOpen(false);
              }}
            >
              <span dir="auto" className="min-w-0 flex-1 truncate">
                {nameOf(contact)}
              </span>
              {contact.name && contact.phone && (
                <span className="text-muted-foreground text-xs">{formatPhone(contact.phone)}</span>
              )}
            </CommandItem>
          ))}
        </CommandList>
      </Command>
    </ComboPopover>
  );
}

function Followed({ id, name }: { id: string; name: string }) {
  const { data } = useMessage(id);
  const state = data?.state ?? "queued";
  const { label } = outcomeLooks(state);
  const bad = ["failed", "refused", "unknown", "expired"].includes(state);
  const good = state === "delivered" || state === "read";
  return (
    <Alert
      tone={bad ? "danger" : good ? "success" : "info"}
      title={`${name}: ${label.toLowerCase()}`}
      action={
        <Button asChild size="xs" variant="ghost">
          <Link to="/messages/$id" params={{ id }}>
            Explain
          </Link>
        </Button>
      }
    >
      {data?.explanation ? `${data.explanation.title} ${data.explanation.advice}` : !good && "Following it"}
    </Alert>
  );
}
