import { formatDate } from "@aerostic/ui/lib/format";
import type { ContactField } from "./api/fields";

export type FieldType = ContactField["type"];

/** A field's type in the words of the screens. */
export const typeNames: Record<FieldType, string> = {
  text: "Text",
  number: "Number",
  date: "Date",
  boolean: "Yes or no",
  choice: "Choice",
};

/** A value as people read it: 120000.5 is "1,20,000.5", 2026-12-25 is "25 Dec 2026". */
export function formatValue(type: FieldType | undefined, value: string): string {
  if (type === "number" && /^-?\d+(\.\d+)?$/.test(value)) {
    // Intl reads a decimal string exactly; a number would be rounded.
    return new Intl.NumberFormat("en-IN", { maximumFractionDigits: 9 }).format(value as `${number}`);
  }
  if (type === "date" && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(`${value}T00:00:00Z`, "UTC");
  if (type === "boolean") return value === "true" ? "Yes" : value === "false" ? "No" : value;
  return value;
}
