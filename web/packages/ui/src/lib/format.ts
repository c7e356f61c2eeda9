/*
 * How numbers, money, dates and phone numbers are written. Everything goes through Intl with Indian
 * grouping. Money is an integer number of ten-thousandths and never becomes a float on the way.
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

/** As the API sends it: ten-thousandths of the currency, because Meta prices with four decimals. */
export interface Money {
  /** ₹0.8631 is 8631; always a whole number. */
  amount: number;
  /** ISO 4217: "INR". */
  currency: string;
}

const decimals = 4;

/**
 * "₹18,240.50"; "₹0.8631" where finer decimals are not zero, so nothing is rounded away. `whole`
 * leaves out what is below one unit, towards zero, for cards and axes; `fine` always shows all four
 * decimals, for columns of prices.
 */
export function formatMoney(money: Money, options: { whole?: boolean; fine?: boolean } = {}): string {
  // Intl reads a decimal string exactly; a number would already have been rounded.
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency: money.currency,
    currencyDisplay: "narrowSymbol",
    ...(options.whole ? { maximumFractionDigits: 0 } : { maximumFractionDigits: decimals }),
    ...(options.whole && { minimumFractionDigits: 0 }),
    ...(options.fine && { minimumFractionDigits: decimals }),
    roundingMode: "trunc",
  } as Intl.NumberFormatOptions).format(toDecimal(money.amount));
}

/** 182405000 ten-thousandths as "18240.5000", digit by digit. */
function toDecimal(amount: number): `${number}` {
  const digits = Math.abs(amount)
    .toString()
    .padStart(decimals + 1, "0");
  return `${amount < 0 ? "-" : ""}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` as `${number}`;
}

/** What a person typed ("₹1,234.5") as ten-thousandths (12345000), or undefined when it is no amount. */
export function parseMoney(text: string): number | undefined {
  const match = /^(\d+)(?:\.(\d{1,4}))?$/.exec(text.replace(/[\s,₹]/g, ""));
  if (!match?.[1]) return undefined;
  const amount = Number(match[1] + (match[2] ?? "").padEnd(decimals, "0"));
  return Number.isSafeInteger(amount) ? amount : undefined;
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

/** "10:42:05 am", where seconds tell something. */
export function formatClock(at: Instant, timeZone?: string): string {
  return new Intl.DateTimeFormat(locale, {
    hour: "numeric",
    minute: "2-digit",
    second: "2-digit",
    timeZone,
  }).format(new Date(at));
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
