import {
  formatDate,
  formatDateTime,
  formatDay,
  formatRelative,
  formatTime,
  type Instant,
} from "@aerostic/ui/lib/format";
import { useMemo } from "react";
import { useAccount } from "@/features/auth/api/me";

/** Dates and times in the workspace's time zone; an operator without a workspace sees the browser's. Numbers and money need no zone: ui/lib/format. */
export function useFormat() {
  const timezone = useAccount().tenant?.timezone;
  return useMemo(
    () => ({
      date: (at: Instant) => formatDate(at, timezone),
      day: (at: Instant) => formatDay(at, timezone),
      time: (at: Instant) => formatTime(at, timezone),
      dateTime: (at: Instant) => formatDateTime(at, timezone),
      relative: (at: Instant) => formatRelative(at, Date.now(), timezone),
    }),
    [timezone],
  );
}
