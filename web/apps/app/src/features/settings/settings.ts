import { z } from "zod/mini";
import type { Workspace } from "./api/workspace";

const number = (low: number, high: number, message: string) =>
  z.string().check(
    z.refine((text) => /^\d+$/.test(text) && Number(text) >= low && Number(text) <= high, {
      error: message,
    }),
  );

/** The sending rules as a form holds them: texts, because that is what is typed. */
export const rulesSchema = z
  .object({
    quiet: z.boolean(),
    whose: z.enum(["workspace", "recipient"]),
    zoneField: z.string(),
    from: z.string(),
    to: z.string(),
    capped: z.boolean(),
    messages: number(1, 1000, "Between 1 and 1,000."),
    days: number(1, 90, "Between 1 and 90 days."),
  })
  .check(
    z.refine(({ quiet, from, to }) => !quiet || (from !== "" && to !== "" && from !== to), {
      error: "Choose two different times.",
      path: ["to"],
    }),
  );

export type Rules = z.infer<typeof rulesSchema>;

/** The select's word for "by the phone number": Radix keeps "" for nothing chosen. */
export const byPhone = "-";

export function rulesOf({ quietHours, frequencyCap, zoneField }: Workspace): Rules {
  return {
    quiet: quietHours.enabled,
    whose: quietHours.whose ?? "workspace",
    zoneField: zoneField || byPhone,
    from: quietHours.from || "21:00",
    to: quietHours.to || "09:00",
    capped: frequencyCap.enabled,
    messages: String(frequencyCap.messages || 2),
    days: String(frequencyCap.days || 7),
  };
}

/** The change as the server takes it. */
export function patchOf({ quiet, whose, zoneField, from, to, capped, messages, days }: Rules) {
  return {
    quietHours: quiet ? { enabled: true, from, to, whose } : { enabled: false },
    zoneField: zoneField === byPhone ? "" : zoneField,
    frequencyCap: capped
      ? { enabled: true, messages: Number(messages), days: Number(days) }
      : { enabled: false },
  };
}

/** Zones as people look for them: "Asia/Kolkata" is also found as "Kolkata" and by its offset. */
export function zoneOptions(now: Date = new Date()) {
  return withKolkata(Intl.supportedValuesOf("timeZone")).map((zone) => ({
    value: zone,
    label: zone.replaceAll("_", " "),
    hint: offsetOf(zone, now),
    keywords: [offsetOf(zone, now)],
  }));
}

// Engines list the zone under its old name; the server keeps the new one.
function withKolkata(zones: string[]): string[] {
  const renamed = zones.map((zone) => (zone === "Asia/Calcutta" ? "Asia/Kolkata" : zone));
  return [...new Set([...renamed, "UTC"])].sort();
}

function offsetOf(zone: string, now: Date): string {
  const parts = new Intl.DateTimeFormat("en", { timeZone: zone, timeZoneName: "longOffset" }).formatToParts(
    now,
  );
  return parts.find(({ type }) => type === "timeZoneName")?.value ?? "";
}
