import { CopyButton } from "@aerostic/ui/copy-button";
import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import {
  CornerDownRight,
  ExternalLink,
  FileText,
  LayoutList,
  type LucideIcon,
  MapPin,
  Megaphone,
  Package,
  Phone,
  Reply,
  ShoppingBag,
  UserRound,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Card, Offer, OrderItem, Place, Referral } from "../content";
import type { Media } from "../model";
import { MediaView } from "./media";

function Panel({ icon: Icon, title, children }: { icon: LucideIcon; title: ReactNode; children: ReactNode }) {
  return (
    <span className="flex min-w-52 flex-col gap-1">
      <span className="flex items-center gap-2 font-medium text-sm">
        <Icon aria-hidden className="size-4 shrink-0 text-primary" />
        <bdi className="min-w-0 break-words">{title}</bdi>
      </span>
      {children}
    </span>
  );
}

/** A place as its name and coordinates: no map is loaded, so nobody learns who looked. */
export function LocationView({ place }: { place: Place }) {
  const at = `${place.latitude.toFixed(5)}, ${place.longitude.toFixed(5)}`;
  return (
    <Panel icon={MapPin} title={place.name ?? "Location"}>
      {place.address && (
        <span dir="auto" className="text-muted-foreground text-sm">
          {place.address}
        </span>
      )}
      <span className="flex items-center gap-1 text-muted-foreground text-xs">
        {at}
        <CopyButton value={at} what="coordinates" className="size-6" />
      </span>
      <a
        href={`https://www.openstreetmap.org/?mlat=${place.latitude}&mlon=${place.longitude}#map=16/${place.latitude}/${place.longitude}`}
        target="_blank"
        rel="noreferrer noopener"
        className="flex w-fit items-center gap-1 text-info text-sm underline underline-offset-2"
      >
        Open in a map <ExternalLink aria-hidden className="size-3.5" />
      </a>
    </Panel>
  );
}

export function ContactsView({ cards }: { cards: Card[] }) {
  return (
    <span className="flex flex-col gap-2.5">
      {cards.map(({ name, phones, emails, firm }) => (
        <Panel key={`${name} ${phones.join()}`} icon={UserRound} title={name}>
          {firm && <bdi className="text-muted-foreground text-sm">{firm}</bdi>}
          {[...phones, ...emails].map((line) => (
            <span key={line} className="flex items-center gap-1 text-sm">
              {line}
              <CopyButton value={line} what={line} className="size-6" />
            </span>
          ))}
        </Panel>
      ))}
    </span>
  );
}

/** What somebody picked of a list or of buttons. */
export function ChoiceView({ text, detail }: { text: string; detail?: string }) {
  return (
    <span className="flex items-start gap-2">
      <CornerDownRight aria-hidden className="mt-1 size-3.5 shrink-0 text-primary" />
      <span className="sr-only">Chose</span>
      <span className="min-w-0">
        <bdi className="font-medium">{text}</bdi>
        {detail && (
          <span dir="auto" className="block text-muted-foreground text-sm">
            {detail}
          </span>
        )}
      </span>
    </span>
  );
}

export function AnswersView({ title, answers }: { title: string; answers: [string, string][] }) {
  return (
    <Panel icon={FileText} title={title}>
      <table className="mt-1 text-sm">
        <tbody>
          {answers.map(([name, value]) => (
            <tr key={name} className="border-t align-top">
              <th scope="row" className="py-1 pr-4 text-left font-normal text-muted-foreground">
                {name}
              </th>
              <td dir="auto" className="break-words py-1 font-medium">
                {value}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

export function OrderView({ items, text }: { items: OrderItem[]; text?: string }) {
  return (
    <Panel icon={ShoppingBag} title="Order">
      <span className="flex flex-col">
        {items.map(({ product, quantity, price }) => (
          <span key={product} className="flex items-center gap-2 border-t py-1 text-sm">
            <Package aria-hidden className="size-3.5 shrink-0 text-muted-foreground" />
            <bdi className="min-w-0 flex-1 truncate">{product}</bdi>
            <span className="text-muted-foreground">× {quantity}</span>
            {price && <span>{price}</span>}
          </span>
        ))}
      </span>
      {text && <WhatsAppText links text={text} />}
    </Panel>
  );
}

/** The ad or post that a chat began from. */
export function ReferralView({ referral }: { referral: Referral }) {
  return (
    <span className="mb-1.5 flex flex-col gap-0.5 rounded-lg bg-foreground/5 px-2.5 py-2 text-sm">
      <span className="flex items-center gap-1.5 text-muted-foreground text-xs">
        <Megaphone aria-hidden className="size-3.5" /> {referral.source}
      </span>
      {referral.headline && <bdi className="font-medium">{referral.headline}</bdi>}
      {referral.body && (
        <span dir="auto" className="line-clamp-2 text-muted-foreground">
          {referral.body}
        </span>
      )}
      {referral.url && (
        <a
          href={referral.url}
          target="_blank"
          rel="noreferrer noopener"
          className="w-fit text-info underline underline-offset-2"
        >
          See it
        </a>
      )}
    </span>
  );
}

const offerIcons: Record<Offer["buttons"][number]["kind"], LucideIcon> = {
  reply: Reply,
  url: ExternalLink,
  flow: FileText,
  location: MapPin,
  list: LayoutList,
  product: ShoppingBag,
  call: Phone,
};

/** A message with something to choose: what it says and what it offers. */
export function OfferView({ offer, file }: { offer: Offer; file?: Media }) {
  return (
    <span className="flex flex-col gap-1">
      {offer.headerMedia && <MediaView content={{ media: offer.headerMedia, voice: false }} file={file} />}
      {offer.header && <bdi className="font-semibold">{offer.header}</bdi>}
      <WhatsAppText links text={offer.body} />
      {offer.footer && <bdi className="text-muted-foreground text-xs">{offer.footer}</bdi>}
      {offer.sections.length > 0 && <Sections sections={offer.sections} />}
      <Buttons buttons={offer.buttons.map(({ text, kind }) => ({ text, icon: offerIcons[kind] }))} />
    </span>
  );
}

function Sections({ sections }: { sections: Offer["sections"] }) {
  return (
    <details className="text-sm">
      <summary className="focus-ring w-fit cursor-pointer rounded-sm border border-transparent text-muted-foreground">
        What was offered
      </summary>
      {sections.map(({ title, rows }) => (
        <span key={title} className="mt-1 flex flex-col">
          {title && <bdi className="text-muted-foreground text-xs">{title}</bdi>}
          {rows.map((row) => (
            <bdi key={row.title} className="border-t py-1">
              {row.title}
              {row.description && (
                <span className="block text-muted-foreground text-xs">{row.description}</span>
              )}
            </bdi>
          ))}
        </span>
      ))}
    </details>
  );
}

/** Buttons under a message: the person's to press, so they do nothing here. */
export function Buttons({ buttons }: { buttons: { text: string; icon: LucideIcon }[] }) {
  if (buttons.length === 0) return null;
  return (
    <span className="mt-1 -mb-0.5 flex flex-col">
      {buttons.map(({ text, icon: Icon }) => (
        <span
          key={text}
          className="flex min-h-9 items-center justify-center gap-1.5 border-foreground/10 border-t font-medium text-info text-sm"
        >
          <Icon aria-hidden className="size-3.5 shrink-0" />
          <bdi className="truncate">{text}</bdi>
        </span>
      ))}
    </span>
  );
}
