import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import type { Bulk } from "./api/start-bulk";

type Progress = Pick<Bulk, "state" | "reason" | "total" | "seen" | "changed"> & {
  kind: Bulk["action"]["kind"];
};

const doing: Record<Bulk["action"]["kind"], string> = {
  tags: "Changing tags",
  stage: "Moving to a stage",
  owner: "Giving an owner",
  field: "Setting a field",
  optOut: "Opting out",
  delete: "Deleting contacts",
  reform: "Rewriting a field's values",
  dropField: "Removing a field's values",
  dropStage: "Moving contacts of a deleted stage",
  disown: "Freeing contacts of somebody who left",
};

/** What a bulk does, while it does it. */
export function bulkTitle(kind: Bulk["action"]["kind"]): string {
  return doing[kind];
}

/** Whether a person asked for it, and may stop it. */
export function mayCancel(kind: Bulk["action"]["kind"]): boolean {
  return ["tags", "stage", "owner", "field", "optOut", "delete"].includes(kind);
}

/** How far: "12,000 of 4,00,000", or "12,000 so far" until they are counted. */
export function bulkDetail({ seen, total }: Pick<Bulk, "seen" | "total">): string {
  return total === undefined
    ? `${formatNumber(seen)} so far`
    : `${formatNumber(seen)} of ${formatNumber(total)}`;
}

/** How it ended, in a sentence. */
export function bulkEnd({ kind, state, changed, reason }: Progress): string {
  const people = formatCount(changed, "contact");
  if (state === "cancelled") return `Stopped. ${people} had been changed.`;
  if (state === "failed") return reason ?? "It did not work.";
  return kind === "delete" ? `${people} deleted` : `${people} changed`;
}
