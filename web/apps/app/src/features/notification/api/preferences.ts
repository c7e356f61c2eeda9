import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type Preferences = components["schemas"]["NotificationPreferencesBody"];

/** How this person wants to be told. */
export function usePreferences() {
  return $api.useQuery("get", "/api/notifications/preferences");
}

/** Keeps how they want to be told. */
export function useSavePreferences() {
  const client = useQueryClient();
  return $api.useMutation("put", "/api/notifications/preferences", {
    onSuccess: (saved) => client.setQueryData(["get", "/api/notifications/preferences"], saved),
  });
}
