import { formatMoney, formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import type { Compared } from "../api/results";

type Result = Compared["result"];

export interface ResultColumn {
  /** Shown only where there is something to show. */
  has?: (result: Result) => boolean;
  id: string;
  label: string;
  cell: (result: Result, currency: string) => string;
}

const money = (amount: number | undefined, currency: string) =>
  amount === undefined ? "–" : formatMoney({ amount, currency });

/** What versions and campaigns are compared by: how many, of how many, and for what money. */
const resultColumns: ResultColumn[] = [
  { id: "taken", label: "Sent", cell: ({ taken }) => formatNumber(taken) },
  { id: "delivered", label: "Delivered", cell: (r) => formatPercent(r.delivered, r.taken, 1) },
  { id: "read", label: "Read", cell: (r) => formatPercent(r.read, r.taken, 1) },
  { id: "replied", label: "Replied", cell: (r) => formatPercent(r.replied, r.taken, 1) },
  {
    id: "clicked",
    label: "Clicked",
    cell: (r) => formatPercent(r.clicked, r.taken, 1),
    has: (r) => r.clicked > 0,
  },
  {
    id: "converted",
    label: "Converted",
    cell: (r) => formatPercent(r.converted, r.taken, 1),
    has: (r) => r.converted > 0,
  },
  { id: "failed", label: "Failed", cell: (r) => formatPercent(r.failed, r.taken + r.failed, 1) },
  { id: "charged", label: "Cost", cell: (r, currency) => money(r.charged, currency) },
  { id: "perRead", label: "Per read", cell: (r, currency) => money(r.perRead, currency) },
  { id: "perReply", label: "Per reply", cell: (r, currency) => money(r.perReply, currency) },
  {
    id: "perClick",
    label: "Per click",
    cell: (r, currency) => money(r.perClick, currency),
    has: (r) => r.clicked > 0,
  },
  {
    id: "perConverted",
    label: "Per conversion",
    cell: (r, currency) => money(r.perConverted, currency),
    has: (r) => r.converted > 0,
  },
];

/** The columns that say something of any of the results. */
export function columnsFor(results: Result[]): ResultColumn[] {
  return resultColumns.filter(({ has }) => !has || results.some(has));
}
