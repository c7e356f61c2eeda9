/* What happened to a template, in words. */
import type { TemplateEvent } from "./api/events";
import { categories, qualities, templateStatus } from "./status";

const words = (names: Record<string, string | { label: string }>, key: string | undefined): string => {
  const name = key ? names[key] : undefined;
  return (typeof name === "string" ? name : name?.label) ?? key?.toLowerCase() ?? "";
};

/** "Paused", "Quality fell from High to Low", "Meta moved it from Utility to Marketing". */
export function eventTitle({ kind, before, after }: TemplateEvent): string {
  switch (kind) {
    case "submitted":
      return "Submitted to Meta";
    case "edited":
      return "Edited and submitted again";
    case "changed":
      return "Changed in WhatsApp Manager";
    case "quality":
      return `Quality went from ${words(qualities, before)} to ${words(qualities, after)}`;
    case "category":
      return `Meta moved it from ${words(categories, before)} to ${words(categories, after)}`;
    case "announced":
      return `Meta will move it from ${words(categories, before)} to ${words(categories, after)}`;
    case "status":
      return before === "PAUSED" && after === "APPROVED"
        ? "No longer paused"
        : templateStatus(after ?? "").label;
  }
}
