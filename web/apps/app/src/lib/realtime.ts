/*
 * Live events over one websocket per tab. The server publishes only what was committed, on channels
 * "tenant:<id>:<topic>". A lost connection is made again by itself; events missed meanwhile come from
 * the channel's history, and where that is too short onGap tells the screen to read afresh.
 */
import { api, onSession } from "@aerostic/api-client";
import { Centrifuge, type PublicationContext, type SubscribedContext, type Subscription } from "centrifuge";
import { useEffect, useRef } from "react";
import { useMe } from "@/features/auth/api/me";

interface RealtimeHandlers<Event> {
  onEvent: (event: Event) => void;
  /** Events were lost: invalidate what the events would have updated. */
  onGap?: () => void;
}

/** Follows one topic of the workspace ("campaign.<id>", "wallet") while the component is mounted. */
export function useRealtime<Event>(topic: string, handlers: RealtimeHandlers<Event>): void {
  const channel = `tenant:${useMe().tenant.id}:${topic}`;
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => {
    const subscription = acquire(channel);
    const onPublication = ({ data }: PublicationContext) => latest.current.onEvent(data as Event);
    const onSubscribed = ({ wasRecovering, recovered }: SubscribedContext) => {
      if (wasRecovering && !recovered) latest.current.onGap?.();
    };
    subscription.on("publication", onPublication).on("subscribed", onSubscribed);
    return () => {
      subscription.off("publication", onPublication).off("subscribed", onSubscribed);
      release(channel);
    };
  }, [channel]);
}

let client: Centrifuge | undefined;
const followers = new Map<string, number>();

function connection(): Centrifuge {
  if (client) return client;
  const url = new URL("/connection/websocket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  client = new Centrifuge(url.toString(), { getToken: fetchToken });
  client.connect();
  return client;
}

async function fetchToken(): Promise<string> {
  const { data } = await api.POST("/api/auth/realtime-token");
  return data?.token ?? "";
}

// Components may follow the same channel; the first subscribes, the last lets go.
function acquire(channel: string): Subscription {
  const centrifuge = connection();
  const subscription =
    centrifuge.getSubscription(channel) ?? centrifuge.newSubscription(channel, { recoverable: true });
  followers.set(channel, (followers.get(channel) ?? 0) + 1);
  subscription.subscribe();
  return subscription;
}

function release(channel: string): void {
  const left = (followers.get(channel) ?? 1) - 1;
  if (left > 0) {
    followers.set(channel, left);
    return;
  }
  followers.delete(channel);
  const subscription = client?.getSubscription(channel);
  if (subscription) client?.removeSubscription(subscription);
}

onSession((event) => {
  if (event === "signed-out") {
    client?.disconnect();
    client = undefined;
  }
});
