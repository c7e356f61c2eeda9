import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type Calendar = components["schemas"]["HoursCalendar"];
export type Span = components["schemas"]["HoursSpan"];
export type Day = components["schemas"]["HoursDay"];

/** The workspace's calendars of business hours, by name. */
export function useCalendars() {
  return $api.useQuery("get", "/api/calendars");
}

/** Makes, changes and removes calendars. */
export function useCalendarActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ["get", "/api/calendars"] }),
        client.invalidateQueries({ queryKey: ["get", "/api/calendars/now"] }),
      ]),
  };
  return {
    create: $api.useMutation("post", "/api/calendars", options),
    save: $api.useMutation("put", "/api/calendars/{id}", options),
    remove: $api.useMutation("delete", "/api/calendars/{id}", options),
  };
}

/** Whether somebody is there now, for the whole workspace. */
export function useHoursNow() {
  return $api.useQuery("get", "/api/calendars/now", {}, { refetchInterval: 60_000 });
}
