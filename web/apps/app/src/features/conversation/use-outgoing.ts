import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMe } from "@/features/auth/api/me";
import { startOutbox } from "@/lib/outbox";
import { deliver } from "./api/send";
import { putItem } from "./cache";

/** Sends what waits in this browser, wherever one is in the app; a thread that is open shows it at once. */
export function useOutgoing(): void {
  const client = useQueryClient();
  const { tenant, user } = useMe();
  const account = `${tenant.id}/${user.id}`;
  useEffect(
    () =>
      startOutbox(account, async (message) => {
        const item = await deliver(message);
        if (item) putItem(client, message.conversation, item);
      }),
    [account, client],
  );
}
