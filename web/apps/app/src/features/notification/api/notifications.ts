import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useMe } from "@/features/auth/api/me";
import { useLive } from "@/lib/use-live";
import { pages } from "@/lib/use-paged-rows";

export type Notification = components["schemas"]["NotificationBody"];

const list = ["get", "/api/notifications"];
const unread = ["get", "/api/notifications/unread"];

/** What this person was told, the latest first. */
export function useNotifications() {
  return $api.useInfiniteQuery("get", "/api/notifications", { params: { query: { limit: 30 } } }, pages);
}

/** How many they have not read, followed live; 100 stands for more. */
export function useUnread(): number {
  const client = useQueryClient();
  const { user } = useMe();
  useLive(`user:${user.id}`, () =>
    Promise.all([
      client.invalidateQueries({ queryKey: unread }),
      client.invalidateQueries({ queryKey: list, exact: false }),
    ]),
  );
  return $api.useQuery("get", "/api/notifications/unread", {}, { staleTime: 60_000 }).data?.unread ?? 0;
}

/** Marks some read, or all; the server tells the other browsers. */
export function useRead() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/notifications/read", {
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: unread }),
        client.invalidateQueries({ queryKey: list }),
      ]),
  });
}
