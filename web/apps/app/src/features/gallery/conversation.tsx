import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import type { Payment } from "@/features/conversation/bill";
import { Composer } from "@/features/conversation/composer/composer";
import { Row } from "@/features/conversation/list/row";
import type { ConversationRow, ThreadItem, ThreadMessage } from "@/features/conversation/model";
import { type Names, NamesContext } from "@/features/conversation/names";
import { ThreadView } from "@/features/conversation/thread/thread-view";

const minute = 60_000;
const now = Date.now();
const ago = (minutes: number) => new Date(now - minutes * minute).toISOString();

const names: Names = {
  me: "priya",
  members: [
    { id: "priya", name: "Priya Raman" },
    { id: "dev", name: "Dev Kumar" },
  ],
  teams: [{ id: "sales", name: "Sales" }],
  labels: [
    { id: "order", name: "Order", tone: "info" },
    { id: "refund", name: "Refund", tone: "danger" },
  ],
  reasons: [],
};

const base: ConversationRow = {
  id: "ananya",
  contact: { id: "ananya", name: "Ananya Rao", phone: "+919845000000" },
  channelId: "shop",
  status: "open",
  handler: "people",
  unread: 0,
  lastAt: ago(0),
  lastDirection: "in",
  lastKind: "text",
  preview: "Can it reach by Friday?",
  labels: [],
};

const rows: ConversationRow[] = [
  { ...base, unread: 2, labels: ["order"] },
  {
    ...base,
    id: "kabir",
    contact: { id: "kabir", name: "Kabir Pillai" },
    handler: "bot",
    unread: 1,
    lastAt: ago(2),
    sla: { kind: "first_response", dueAt: ago(-12) },
  },
  {
    ...base,
    id: "asha",
    contact: { id: "asha", name: "आशा देवी 🌸" },
    lastAt: ago(9),
    preview: "क्या यह कल तक आ सकता है?",
    mentioned: true,
  },
  {
    ...base,
    id: "tara",
    contact: { id: "tara", name: "Tara Reddy" },
    lastAt: ago(30),
    lastDirection: "out",
    lastState: "read",
    preview: "Please call me when you can",
    labels: ["refund", "order"],
  },
  {
    ...base,
    id: "noor",
    contact: { id: "noor", name: "نور" },
    lastAt: ago(90),
    preview: "مرحبا، هل يمكنني الطلب؟",
    sla: { kind: "next_response", dueAt: ago(5), breached: true },
  },
  {
    ...base,
    id: "pooja",
    contact: { id: "pooja", name: "", phone: "+919845000001" },
    lastAt: ago(3000),
    status: "snoozed",
    snoozedUntil: ago(-600),
    lastKind: "image",
    preview: "",
  },
];

let made = 0;

function said(minutes: number, message: Partial<ThreadMessage>): ThreadItem {
  const direction = message.direction ?? "in";
  return {
    id: `message ${String(++made).padStart(3, "0")}`,
    at: ago(minutes),
    type: "message",
    message: {
      direction,
      origin: direction === "in" ? "customer" : "reply",
      kind: "text",
      state: "read",
      ...message,
    },
  };
}

const us = { direction: "out", sentBy: "priya" } as const;

const items: ThreadItem[] = [
  said(1600, {
    direction: "out",
    origin: "campaign",
    campaign: { id: "c", name: "Diwali" },
    kind: "template",
    text: "*20% off* all planters until Sunday: https://bloom.example/diwali",
    state: "delivered",
  }),
  said(60, {
    text: "Hi",
    content: {
      text: { body: "Hi" },
      referral: {
        headline: "Monstera, 20% off",
        body: "Big leaves, little care.",
        source_url: "https://bloom.example",
        source_type: "ad",
      },
    },
  }),
  said(59, {
    text: "*Bold* _italic_ ~strike~ ```mono```",
    edited: true,
    reactions: [{ emoji: "👍", by: "business" }],
  }),
  said(58, {
    text: "هل يمكن أن تصل يوم الجمعة؟",
    content: { text: { body: "هل يمكن أن تصل يوم الجمعة؟" }, context: { forwarded: true } },
  }),
  said(57, {
    kind: "image",
    media: { id: "m", size: 0, state: "failed", reason: "WhatsApp keeps files for 7 days." },
    content: { image: { caption: "Like this one" } },
  }),
  said(56, {
    kind: "audio",
    media: { id: "m", size: 9000, state: "stored" },
    content: { audio: { voice: true } },
  }),
  said(55, {
    kind: "document",
    media: { id: "m", size: 204_800, state: "stored", name: "invoice.pdf" },
    content: { document: { filename: "invoice.pdf" } },
  }),
  said(54, {
    kind: "location",
    content: {
      location: { latitude: 12.2958, longitude: 76.6394, name: "Jayalakshmipuram", address: "Mysuru" },
    },
  }),
  said(53, {
    kind: "contacts",
    content: {
      contacts: [{ name: { formatted_name: "Kavya Rao" }, phones: [{ phone: "+91 98450 33333" }] }],
    },
  }),
  said(52, {
    ...us,
    kind: "button",
    content: {
      interactive: {
        header: { text: "Delivery" },
        body: "When should it arrive?",
        buttons: [{ title: "Today" }, { title: "Tomorrow" }],
      },
    },
  }),
  said(51, {
    kind: "interactive",
    content: { interactive: { button_reply: { id: "2", title: "Tomorrow" } } },
    quote: { id: "message 010", text: "When should it arrive?", kind: "button", direction: "out" },
  }),
  said(50, {
    kind: "interactive",
    content: {
      interactive: {
        nfm_reply: { name: "flow", response_json: '{"screen_0_Full_name_0":"Ananya Rao","gift":true}' },
      },
    },
  }),
  said(49, {
    kind: "order",
    content: {
      order: {
        text: "Gift wrap, please",
        product_items: [{ product_retailer_id: "MONSTERA-M", quantity: 2, item_price: 849, currency: "INR" }],
      },
    },
  }),
  said(48, { kind: "unsupported", content: { unsupported: { type: "poll" } } }),
  said(47, { text: "Oops", revoked: true }),
  {
    id: "note",
    at: ago(46),
    type: "note",
    note: {
      body: "@Dev Kumar the warehouse can do notes till 1 pm.",
      by: { kind: "user", id: "priya" },
      mentions: ["dev"],
    },
  },
  {
    id: "note 2",
    at: ago(45),
    type: "event",
    event: { what: "assigned", by: { kind: "user", id: "priya" }, data: { assignee: "dev" } },
  },
  said(44, { ...us, text: "Of course.", state: "delivered" }),
  said(43, { ...us, text: "Is it known?", state: "in_doubt" }),
  said(42, {
    ...us,
    text: "Too late",
    state: "failed",
    error: { title: "The 24-hour window had closed.", advice: "Send a template." },
  }),
  said(41, { ...us, text: "Tomorrow, then", state: "queued", dueAt: ago(-600) }),
  said(40, { ...us, text: "Not on the server yet", state: "waiting", here: true }),
  billed(39, { status: "requested", expiresAt: ago(-4000) }),
  billed(38, { status: "requested", expiresAt: ago(5) }),
  billed(37, { status: "pending" }),
  billed(36, { status: "failed", failure: "incorrect_pin" }),
  billed(35, { status: "differs", paidAmount: 100, paidCurrency: "INR" }),
  billed(34, { status: "paid", method: "upi", paidAmount: 283855, paidCurrency: "INR", paidAt: ago(34) }),
];

function billed(minutes: number, payment: Partial<Payment>): ThreadItem {
  return said(minutes, {
    ...us,
    kind: "interactive",
    content: {
      type: "order_details",
      interactive: {
        body: "Your sarees, as we spoke",
        bill: {
          items: [
            { name: "Cotton saree, blue", price: 125050, quantity: 2 },
            { name: "ब्लाउज़ पीस", price: 25000, quantity: 1 },
          ],
          tax: 13755,
          delivery: 5000,
          discount: 10000,
        },
      },
    },
    payment: { status: "requested", amount: 283855, currency: "INR", reference: "r", ...payment },
  });
}

const nothing = () => undefined;
const never = () => Promise.resolve();
const open = new Date(now + 22.85 * 60 * minute).toISOString();
const canned = [{ id: "hi", shortcut: "hello", text: "Hello, how can we help you?" }];

/** The inbox's parts in all their states. */
export function ConversationParts() {
  return (
    <NamesContext value={names}>
      <Card>
        <CardHeader title="Inbox" description="Rows, every kind of message, and where one writes" />
        <CardBody className="grid gap-4 lg:grid-cols-[20rem_minmax(0,1fr)]">
          <div className="flex flex-col">
            {rows.map((row) => (
              <Row key={row.id} row={row} active={row.id === "ananya"} onCheck={nothing} />
            ))}
          </div>
          <div className="flex h-160 flex-col overflow-hidden rounded-xl border">
            <ThreadView
              items={items}
              label="Every kind of message"
              unreadFrom={items[20]?.id}
              onOlder={nothing}
              onQuote={nothing}
              onExplain={nothing}
              onRetry={nothing}
              onDiscard={nothing}
              onCancel={nothing}
              onAgain={nothing}
              onCheckPayment={never}
            />
            <Composer
              conversation="gallery"
              channel="gallery"
              name="Ananya"
              windowUntil={open}
              onUnquote={nothing}
              canned={canned}
              members={names.members}
              onSend={nothing}
              onNote={nothing}
              onTemplate={nothing}
              onResolve={nothing}
            />
          </div>
        </CardBody>
      </Card>
    </NamesContext>
  );
}
