/*
 * How numbers, money, dates and phone numbers are written. Everything goes through Intl with Indian
 * grouping. Money is integer minor units (paise); no value is ever turned into a float on the way.
 */
const locale = "en-IN";

/** The instant as ISO 8601 text, epoch milliseconds or a Date. */
export type Instant = string | number | Date;

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(locale).format(value);
}

/** 12,840 as "12.8K", for axes and tight places only. */
export function formatCompact(value: number): string {
  return new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 }).format(value);
}

/** part of whole as "97.4%"; "–" when there is no whole. */
export function formatPercent(part: number, whole: number, digits = 1): string {
  if (whole <= 0) return "–";
  return new Intl.NumberFormat(locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(part / whole);
}

/** Minor units in one major unit as a power of ten: 2 for INR, 0 for JPY. */
export function currencyDigits(currency: string): number {
  return (
    new Intl.NumberFormat(locale, { style: "currency", currency }).resolvedOptions().maximumFractionDigits ??
    2
  );
}

/** Minor units as a decimal string: -1824050 paise is "-18240.50". */
export function minorToDecimal(minor: number, digits: number): `${number}` {
  const sign = minor < 0 ? "-" : "";
  const text = Math.abs(minor)
    .toString()
    .padStart(digits + 1, "0");
  if (digits === 0) return `${sign}${text}` as `${number}`;
  return `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}` as `${number}`;
}

/** Minor units as money: 1824050 paise is "₹18,240.50". `whole` drops the fraction, towards zero. */
export function formatMoney(minor: number, currency = "INR", options: { whole?: boolean } = {}): string {
  const digits = currencyDigits(currency);
  const decimal = minorToDecimal(minor, digits);
  const fractionDigits = options.whole ? 0 : digits;
  // Intl reads a decimal string exactly; a number would already have been rounded.
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
    roundingMode: "trunc",
  } as Intl.NumberFormatOptions).format(decimal);
}

/** What a person typed ("₹1,234.5") as minor units (123450), or undefined when it is no amount. */
export function parseMoney(text: string, currency = "INR"): number | undefined {
  const digits = currencyDigits(currency);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(text.replace(/[\s,₹]/g, ""));
  if (!match?.[1]) return undefined;
  const fraction = match[2] ?? "";
  if (fraction.length > digits) return undefined;
  const minor = Number(match[1] + fraction.padEnd(digits, "0"));
  return Number.isSafeInteger(minor) ? minor : undefined;
}

/** "23 Nov 2026". */
export function formatDate(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  }).format(new Date(at));
}

/** "23 Nov", for axes. */
export function formatDay(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", timeZone }).format(new Date(at));
}

/** "10:42 am". */
export function formatTime(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone }).format(
    new Date(at),
  );
}

/** "23 Nov 2026, 10:42 am". */
export function formatDateTime(at: Instant, timeZone?: string): string {
  return `${formatDate(at, timeZone)}, ${formatTime(at, timeZone)}`;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** "3 minutes ago" or "in 2 hours"; past a week, the date. */
export function formatRelative(at: Instant, now: Instant = Date.now(), timeZone?: string): string {
  const seconds = Math.round((new Date(at).getTime() - new Date(now).getTime()) / 1000);
  if (Math.abs(seconds) >= 7 * 86_400) return formatDate(at, timeZone);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return "just now";
}

/** Seconds as "45 s", "2 min 5 s" or "1 h 12 min". */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min${whole % 60 ? ` ${whole % 60} s` : ""}`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}

/** Bytes as "4.2 MB". */
export function formatBytes(bytes: number): string {
  const units = ["B", "KB", "MB", "GB"];
  const power = bytes > 0 ? Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024))) : 0;
  const value = bytes / 1024 ** power;
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: power > 1 ? 1 : 0 }).format(value)} ${units[power]}`;
}

/** E.164 for reading: "+919845011000" is "+91 98450 11000". Other countries keep plain digits. */
export function formatPhone(e164: string): string {
  const indian = /^\+91(\d{5})(\d{5})$/.exec(e164);
  return indian ? `+91 ${indian[1]} ${indian[2]}` : e164;
}

/** "1 contact", "2 contacts", "2,41,806 contacts". */
export function formatCount(count: number, one: string, many = `${one}s`): string {
  return `${formatNumber(count)} ${count === 1 ? one : many}`;
}
