import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import {
  limits,
  parsePlace,
  writeButtons,
  writeCard,
  writeFlow,
  writeLink,
  writeList,
  writeLocation,
  writeLocationRequest,
  writeProduct,
} from "./compose";
import { type FormProps, Frame, Line, Words } from "./form-frame";
import { PaymentForm } from "./payment-form";

export const quickForms = {
  buttons: { title: "Reply buttons", form: ButtonsForm },
  list: { title: "List to choose from", form: ListForm },
  link: { title: "Link button", form: LinkForm },
  location: { title: "Location", form: LocationForm },
  locationRequest: { title: "Ask for their location", form: LocationRequestForm },
  card: { title: "Contact card", form: CardForm },
  product: { title: "Product", form: ProductForm },
  payment: { title: "Request payment", form: PaymentForm },
  flow: { title: "Flow", form: FlowForm },
} as const;

export type QuickKind = keyof typeof quickForms;

/** One kind of message with something to fill in; open while there is a kind. */
export function QuickDialog({
  kind,
  onClose,
  ...form
}: FormProps & { kind?: QuickKind; onClose: () => void }) {
  const chosen = kind && quickForms[kind];
  return (
    <Dialog open={kind !== undefined} onOpenChange={(open) => !open && onClose()}>
      {chosen && (
        <DialogContent title={chosen.title}>
          <chosen.form {...form} />
        </DialogContent>
      )}
    </Dialog>
  );
}

function ButtonsForm({ text, onDone }: FormProps) {
  const [body, setBody] = useState(text);
  const [titles, setTitles] = useState(["", "", ""]);
  const filled = titles.map((title) => title.trim()).filter(Boolean);
  const distinct = new Set(filled).size === filled.length;
  const draft = body.trim() && filled.length > 0 && distinct ? writeButtons(body, titles) : undefined;
  return (
    <Frame draft={draft} onDone={onDone}>
      <Words value={body} onChange={setBody} />
      {titles.map((title, index) => (
        <Line
          // biome-ignore lint/suspicious/noArrayIndexKey: three places, always the same
          key={index}
          label={`Button ${index + 1}`}
          optional={index > 0}
          max={limits.button}
          value={title}
          onChange={(next) => setTitles(titles.map((old, at) => (at === index ? next : old)))}
        />
      ))}
      {!distinct && <p className="text-destructive text-xs">Two buttons must not read the same.</p>}
    </Frame>
  );
}

function ListForm({ text, onDone }: FormProps) {
  const [body, setBody] = useState(text);
  const [button, setButton] = useState("Choose");
  const [rows, setRows] = useState([{ key: 0, title: "", description: "" }]);
  const ready = body.trim() && button.trim() && rows.some(({ title }) => title.trim());
  const change = (key: number, part: Partial<(typeof rows)[number]>) =>
    setRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <Frame draft={ready ? writeList(body, button, rows) : undefined} onDone={onDone}>
      <Words value={body} onChange={setBody} max={limits.text} />
      <Line label="Button that opens the list" max={limits.button} value={button} onChange={setButton} />
      <ul className="flex flex-col gap-2" aria-label="Choices">
        {rows.map(({ key, title, description }, index) => (
          <li key={key} className="flex gap-2">
            <Input
              dir="auto"
              aria-label={`Choice ${index + 1}`}
              placeholder={`Choice ${index + 1}`}
              maxLength={limits.rowTitle}
              value={title}
              onChange={(event) => change(key, { title: event.target.value })}
            />
            <Input
              dir="auto"
              aria-label={`Description of choice ${index + 1}`}
              placeholder="Description"
              maxLength={limits.rowDetail}
              value={description}
              onChange={(event) => change(key, { description: event.target.value })}
            />
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove choice ${index + 1}`}
              disabled={rows.length === 1}
              onClick={() => setRows(rows.filter((row) => row.key !== key))}
            >
              <X />
            </Button>
          </li>
        ))}
      </ul>
      <Button
        size="sm"
        className="self-start"
        disabled={rows.length >= limits.rows}
        onClick={() =>
          setRows([...rows, { key: Math.max(...rows.map(({ key }) => key)) + 1, title: "", description: "" }])
        }
      >
        <Plus /> Add a choice
      </Button>
    </Frame>
  );
}

function LinkForm({ text, onDone }: FormProps) {
  const [body, setBody] = useState(text);
  const [label, setLabel] = useState("");
  const [url, setUrl] = useState("https://");
  const ready = body.trim() && label.trim() && URL.canParse(url) && /^https?:\/\/[^/]+/.test(url);
  return (
    <Frame draft={ready ? writeLink(body, label, url) : undefined} onDone={onDone}>
      <Words value={body} onChange={setBody} />
      <Line label="Button" max={limits.button} value={label} onChange={setLabel} placeholder="Pay now" />
      <Line label="Web address" value={url} onChange={setUrl} />
    </Frame>
  );
}

function LocationForm({ onDone }: FormProps) {
  const [at, setAt] = useState("");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const [hidden, setHidden] = useState(false);
  const place = parsePlace(at);
  const here = () => {
    setHidden(false);
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => setAt(`${coords.latitude}, ${coords.longitude}`),
      () => setHidden(true),
    );
  };
  const problem = hidden
    ? "This device does not say where you are. Allow it, or enter the place."
    : undefined;
  return (
    <Frame draft={place && writeLocation(place.latitude, place.longitude, name, address)} onDone={onDone}>
      <Field
        label="Where"
        hint="Coordinates such as 12.9716, 77.5946, or a link from a map"
        error={at ? (place ? undefined : "No coordinates are in this.") : problem}
        action={
          <Button variant="link" size="xs" onClick={here}>
            Where I am
          </Button>
        }
      >
        <Input value={at} onChange={(event) => setAt(event.target.value)} />
      </Field>
      <Line label="Name" optional value={name} onChange={setName} />
      <Line label="Address" optional value={address} onChange={setAddress} />
    </Frame>
  );
}

function LocationRequestForm({ text, onDone }: FormProps) {
  const [body, setBody] = useState(text || "Where should we deliver? Please share your location.");
  return (
    <Frame draft={body.trim() ? writeLocationRequest(body) : undefined} onDone={onDone}>
      <Words value={body} onChange={setBody} />
    </Frame>
  );
}

function CardForm({ onDone }: FormProps) {
  const [name, setName] = useState("");
  const [phone, setPhone] = useState("");
  const ready = name.trim() && phone.replace(/\D/g, "").length >= 8;
  return (
    <Frame draft={ready ? writeCard(name, phone) : undefined} onDone={onDone}>
      <Line label="Name" value={name} onChange={setName} />
      <Line
        label="Phone"
        hint="With the country's code"
        placeholder="+91 98450 11000"
        value={phone}
        onChange={setPhone}
      />
    </Frame>
  );
}

function ProductForm({ text, onDone }: FormProps) {
  const [body, setBody] = useState(text);
  const [catalog, setCatalog] = useState("");
  const [product, setProduct] = useState("");
  const ready = catalog.trim() && product.trim();
  return (
    <Frame draft={ready ? writeProduct(body, catalog, product) : undefined} onDone={onDone}>
      <Line label="Catalogue" hint="Its id in Commerce Manager" value={catalog} onChange={setCatalog} />
      <Line label="Product" hint="Its content id in the catalogue" value={product} onChange={setProduct} />
      <Words label="Text" value={body} onChange={setBody} />
    </Frame>
  );
}

function FlowForm({ text, onDone }: FormProps) {
  const [body, setBody] = useState(text);
  const [id, setId] = useState("");
  const [label, setLabel] = useState("Open form");
  const ready = body.trim() && id.trim() && label.trim();
  return (
    <Frame draft={ready ? writeFlow(body, id, label) : undefined} onDone={onDone}>
      <Words value={body} onChange={setBody} />
      <Line label="Flow" hint="Its id in WhatsApp Manager" value={id} onChange={setId} />
      <Line label="Button" max={limits.button} value={label} onChange={setLabel} />
    </Frame>
  );
}
