import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input, type InputProps } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Plus, X } from "lucide-react";
import { useState } from "react";
import { usePaymentConfigurations } from "../api/payment";
import { type Bill, type BillItem, formatPaise, mostItems, mostPaise, parseRupees, totalOf } from "../bill";
import { writeBill } from "./compose";
import { type FormProps, Frame, Words } from "./form-frame";

type Way = { name: string; gateway: string };

/** Asks for money: first what the number can take it with, then for what. */
export function PaymentForm(props: FormProps) {
  const { data, error, refetch, isPending } = usePaymentConfigurations(props.channel);
  if (isPending) return <Loading />;
  if (error) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  const all = data.items ?? [];
  const ways = all.filter(({ active }) => active);
  if (ways.length === 0) return <NoWay waiting={all.map(({ name }) => name)} />;
  return <BillForm {...props} ways={ways} />;
}

function Loading() {
  return (
    <div
      role="status"
      aria-label="Asking WhatsApp how this number takes money"
      className="flex flex-col gap-3"
    >
      <Skeleton className="h-8" />
      <Skeleton className="h-8" />
      <Skeleton className="h-16" />
    </div>
  );
}

/** Where to set it up: nothing can be asked for without. */
function NoWay({ waiting }: { waiting: string[] }) {
  return (
    <Alert
      tone="warning"
      title={
        waiting.length > 0
          ? `${waiting.join(", ")} is not ready to take money`
          : "This number cannot take money yet"
      }
    >
      {waiting.length > 0
        ? "Open WhatsApp Manager, Account tools, Direct pay methods, and connect and test it there."
        : "Open WhatsApp Manager, Account tools, Direct pay methods, and connect your Razorpay, PayU, BillDesk or Zaakpay account. The money goes straight to it."}
    </Alert>
  );
}

interface Row {
  key: number;
  name: string;
  price: string;
  quantity: string;
}

const extras = [
  { field: "tax", label: "Tax" },
  { field: "delivery", label: "Delivery" },
  { field: "discount", label: "Discount" },
] as const;

const terms = [
  { value: "1", label: "1 hour" },
  { value: "24", label: "1 day" },
  { value: "72", label: "3 days" },
  { value: "168", label: "1 week" },
  { value: "never", label: "As long as they like" },
];

function BillForm({ text, onDone, ways }: FormProps & { ways: Way[] }) {
  const [body, setBody] = useState(text || "Please pay here. Thank you!");
  const [rows, setRows] = useState<Row[]>([{ key: 0, name: "", price: "", quantity: "1" }]);
  const [more, setMore] = useState({ tax: "", delivery: "", discount: "" });
  const [term, setTerm] = useState("72");
  const [chosen, setChosen] = useState(ways[0]?.name);
  const way = ways.find(({ name }) => name === chosen) ?? ways[0];
  const sums = sumsOf(rows, more);
  const total = sums && totalOf(sums);
  const payable = total !== undefined && total > 0 && total <= mostPaise;
  // The end is counted from when it is sent, not from when it was filled in.
  const write = () =>
    sums && way && payable && body.trim()
      ? writeBill(body, { ...sums, gateway: way.gateway, configuration: way.name }, hoursOf(term))
      : undefined;
  const send = () => {
    const draft = write();
    if (draft) onDone(draft);
  };
  return (
    <Frame draft={write()} onDone={send} foot={<Total total={total} />}>
      <Items rows={rows} onRows={setRows} />
      <div className="grid grid-cols-3 gap-2">
        {extras.map(({ field, label }) => (
          <Field key={field} label={label} error={isWrong(more[field]) ? "As 99.50" : undefined}>
            <Rupees value={more[field]} onChange={(value) => setMore({ ...more, [field]: value })} />
          </Field>
        ))}
      </div>
      <Words label="Message" value={body} onChange={setBody} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Can be paid for">
          <Select options={terms} value={term} onValueChange={setTerm} />
        </Field>
        {ways.length > 1 && (
          <Field label="Goes to" hint="As it is called in WhatsApp Manager">
            <Select
              options={ways.map(({ name }) => ({ value: name, label: name }))}
              value={chosen}
              onValueChange={setChosen}
            />
          </Field>
        )}
      </div>
    </Frame>
  );
}

const hoursOf = (term: string): number | undefined => (term === "never" ? undefined : Number(term));

/** What was typed as a bill's sums; undefined while something is missing or wrong. */
function sumsOf(rows: Row[], more: Record<"tax" | "delivery" | "discount", string>) {
  const items: BillItem[] = [];
  for (const { name, price, quantity } of rows) {
    const paise = parseRupees(price);
    const pieces = piecesOf(quantity);
    if (!name.trim() || !paise || !pieces) return undefined;
    items.push({ name: name.trim(), price: paise, quantity: pieces });
  }
  const sums: Pick<Bill, "items" | "tax" | "delivery" | "discount"> = { items };
  for (const { field } of extras) {
    if (!more[field].trim()) continue;
    const paise = parseRupees(more[field]);
    if (paise === undefined) return undefined;
    sums[field] = paise;
  }
  return sums;
}

const piecesOf = (typed: string): number | undefined =>
  /^\d{1,4}$/.test(typed.trim()) ? Number(typed) : undefined;

function Total({ total }: { total?: number }) {
  const wrong = total !== undefined && (total <= 0 || total > mostPaise);
  return (
    <output className="mr-auto flex min-w-0 flex-col self-center text-left">
      <span className="text-muted-foreground text-xs">
        {wrong ? "Ask for up to ₹1,00,00,000" : "They pay"}
      </span>
      <span className="font-semibold text-lg tabular-nums">
        {total === undefined || wrong ? "–" : formatPaise(total)}
      </span>
    </output>
  );
}

/** Something was typed, and it is no amount of rupees. */
const isWrong = (typed: string): boolean => typed.trim() !== "" && parseRupees(typed) === undefined;

/** An amount of rupees: a decimal text, marked when it is none. */
function Rupees({
  value,
  onChange,
  ...props
}: Omit<InputProps, "onChange" | "value"> & { value: string; onChange: (value: string) => void }) {
  return (
    <Input
      {...props}
      inputMode="decimal"
      autoComplete="off"
      prefix="₹"
      className="pl-7"
      aria-invalid={isWrong(value) || undefined}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** What is to be paid for, one or more. */
function Items({ rows, onRows }: { rows: Row[]; onRows: (rows: Row[]) => void }) {
  const change = (key: number, part: Partial<Row>) =>
    onRows(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const next = Math.max(...rows.map(({ key }) => key)) + 1;
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 font-medium text-sm">For what</legend>
      <ul className="flex flex-col gap-2">
        {rows.map(({ key, name, price, quantity }, index) => (
          <li key={key} className="grid grid-cols-[1fr_auto] gap-2 sm:grid-cols-[1fr_7.5rem_4.5rem_auto]">
            <Input
              dir="auto"
              className="max-sm:col-span-2"
              aria-label={`Item ${index + 1}`}
              placeholder={index === 0 ? "Cotton saree" : "Something else"}
              maxLength={60}
              value={name}
              onChange={(event) => change(key, { name: event.target.value })}
            />
            <span className="grid grid-cols-[1fr_5rem] gap-2 sm:contents">
              <Rupees
                aria-label={`Price of item ${index + 1}`}
                placeholder="0.00"
                value={price}
                onChange={(value) => change(key, { price: value })}
              />
              <Input
                className="pl-7"
                aria-label={`Quantity of item ${index + 1}`}
                inputMode="numeric"
                autoComplete="off"
                prefix="×"
                aria-invalid={!piecesOf(quantity) || undefined}
                value={quantity}
                onChange={(event) => change(key, { quantity: event.target.value })}
              />
            </span>
            <Button
              variant="ghost"
              size="icon"
              aria-label={`Remove item ${index + 1}`}
              disabled={rows.length === 1}
              onClick={() => onRows(rows.filter((row) => row.key !== key))}
            >
              <X />
            </Button>
          </li>
        ))}
      </ul>
      {rows.some(({ price }) => isWrong(price)) && (
        <p role="alert" className="text-destructive text-xs">
          Write prices as 1,250.50, up to ₹1,00,00,000.
        </p>
      )}
      <Button
        size="sm"
        className="self-start"
        disabled={rows.length >= mostItems}
        onClick={() => onRows([...rows, { key: next, name: "", price: "", quantity: "1" }])}
      >
        <Plus /> Add an item
      </Button>
    </fieldset>
  );
}
