import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Chip } from "@aerostic/ui/chip";
import { CopyButton } from "@aerostic/ui/copy-button";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatPhone } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { Plus } from "lucide-react";
import type { ReactNode } from "react";
import { useCan } from "@/features/auth/api/me";
import { ConsentHistory } from "@/features/consent/consent-history";
import { OptInWait } from "@/features/consent/opt-in-wait";
import { useFormat } from "@/lib/format";
import { useFields } from "./api/fields";
import type { Contact } from "./api/list";
import { useStartBulk } from "./api/start-bulk";
import { consentNames, consentTones } from "./contact";
import { ContactWork } from "./contact-work";
import { formatValue } from "./field-value";
import { TagMenu } from "./tag-menu";
import { TagSign } from "./tag-options";

/** Everything known about one contact. */
export function ContactDetails({ contact }: { contact: Contact }) {
  const format = useFormat();
  const { optIn, windowOpenUntil } = contact;
  const windowOpen = windowOpenUntil !== undefined && new Date(windowOpenUntil).getTime() > Date.now();
  return (
    <>
      <ContactWork contact={contact} />
      <Part title="Tags and lists">
        <ContactTags contact={contact} />
      </Part>
      <Part title="Reach">
        <DescriptionList>
          <DescriptionItem label="Phone">
            {contact.phone && (
              <span className="flex items-center gap-1">
                {formatPhone(contact.phone)}
                <CopyButton value={contact.phone} what="phone number" />
              </span>
            )}
          </DescriptionItem>
          <DescriptionItem label="Email">{contact.email}</DescriptionItem>
          <DescriptionItem label="Language">{contact.locale}</DescriptionItem>
          <DescriptionItem label="Market">{contact.market}</DescriptionItem>
          {contact.bsuid && (
            <DescriptionItem label="WhatsApp user id">
              <span className="font-mono text-xs">{contact.bsuid}</span>
            </DescriptionItem>
          )}
          <DescriptionItem label="24-hour window">
            {windowOpen ? (
              <Badge tone="success" dot>
                Open, closes {format.relative(windowOpenUntil)}
              </Badge>
            ) : (
              "Closed: only templates"
            )}
          </DescriptionItem>
        </DescriptionList>
      </Part>
      <Part title="Marketing consent">
        <DescriptionList>
          <DescriptionItem label="State">
            <Badge tone={consentTones[optIn.state]} dot>
              {consentNames[optIn.state]}
            </Badge>
          </DescriptionItem>
          {optIn.state === "pending" && <OptInWait contactId={contact.id} />}
          {optIn.at && <DescriptionItem label="Since">{format.dateTime(optIn.at)}</DescriptionItem>}
          {optIn.source && <DescriptionItem label="Where">{optIn.source}</DescriptionItem>}
          {optIn.evidence && <DescriptionItem label="Proof">{optIn.evidence}</DescriptionItem>}
          {contact.marketingDays && (
            <DescriptionItem label="Wish">At most every {contact.marketingDays} days</DescriptionItem>
          )}
          {contact.utilityOut && <DescriptionItem label="Updates">Wants none either</DescriptionItem>}
        </DescriptionList>
      </Part>
      <Part title="Consent record">
        <ConsentHistory contactId={contact.id} />
      </Part>
      <FieldValues contact={contact} />
      <p className="text-muted-foreground text-xs">
        Added {format.dateTime(contact.createdAt)} · changed {format.relative(contact.updatedAt)}
      </p>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-1.5">
      <h2 className="font-medium text-muted-foreground text-xs">{title}</h2>
      {children}
    </section>
  );
}

function FieldValues({ contact }: { contact: Contact }) {
  const { data } = useFields();
  const known = Object.entries(contact.fields);
  if (known.length === 0) return null;
  const field = (key: string) => data?.items.find((known) => known.key === key);
  return (
    <Part title="Your fields">
      <DescriptionList>
        {known.map(([key, value]) => (
          <DescriptionItem key={key} label={field(key)?.label ?? key}>
            <span dir="auto">{formatValue(field(key)?.type, value)}</span>
          </DescriptionItem>
        ))}
      </DescriptionList>
    </Part>
  );
}

function ContactTags({ contact }: { contact: Contact }) {
  const canWrite = useCan("contact.write");
  const mark = useStartBulk();
  const change = (body: { add?: string[]; remove?: string[] }) =>
    mark.mutate(
      { body: { ids: [contact.id], action: { kind: "tags", ...body } } },
      { onError: (error) => toast.error("Could not change tags", { description: error.detail }) },
    );
  const chosen = contact.tags.map(({ id }) => id);
  if (!canWrite && chosen.length === 0) return <p className="text-muted-foreground text-sm">None</p>;
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {contact.tags.map(({ id, name, kind }) => (
        <Chip
          key={id}
          label={name}
          disabled={mark.isPending}
          onRemove={canWrite ? () => change({ remove: [id] }) : undefined}
        >
          <TagSign kind={kind} />
        </Chip>
      ))}
      {canWrite && (
        <TagMenu
          create
          chosen={chosen}
          onPick={(id) => change(chosen.includes(id) ? { remove: [id] } : { add: [id] })}
          trigger={
            <Button size="xs" variant="ghost" disabled={mark.isPending}>
              <Plus /> Add
            </Button>
          }
        />
      )}
    </div>
  );
}
