/*
 * Live events over one websocket per tab. The server publishes only what was committed, on channels
 * "tenant:<id>:<topic>", and subscribes every connection to its workspace's topics by itself. A lost
 * connection is made again by itself; events missed meanwhile come from the channel's history, and
 * where that is too short, or the server itself missed some, onGap tells the screen to read afresh.
 */
import { api, onSession } from "@aerostic/api-client";
import { Centrifuge, type ServerPublicationContext, type ServerSubscribedContext } from "centrifuge";
import { useEffect, useRef } from "react";
import { useMe } from "@/features/auth/api/me";

interface RealtimeHandlers<Event> {
  onEvent: (event: Event) => void;
  /** Events were lost: invalidate what the events would have updated. */
  onGap?: () => void;
}

/** Follows one topic of the workspace ("campaigns", "wallet") while the component is mounted. */
export function useRealtime<Event>(topic: string, handlers: RealtimeHandlers<Event>): void {
  const channel = `tenant:${useMe().tenant.id}:${topic}`;
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(
    () =>
      follow(channel, {
        onEvent: (event) => latest.current.onEvent(event as Event),
        onGap: () => latest.current.onGap?.(),
      }),
    [channel],
  );
}

let client: Centrifuge | undefined;
const followers = new Map<string, Set<Required<RealtimeHandlers<unknown>>>>();

/** Hears one channel until the returned function is called. */
function follow(channel: string, handlers: Required<RealtimeHandlers<unknown>>): () => void {
  connect();
  const here = followers.get(channel) ?? new Set();
  followers.set(channel, here.add(handlers));
  return () => {
    here.delete(handlers);
  };
}

function connect(): void {
  if (client) return;
  const url = new URL("/connection/websocket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  client = new Centrifuge(url.toString(), { getToken: fetchToken });
  client.on("publication", heard).on("subscribed", subscribed);
  client.connect();
}

function heard({ channel, data }: ServerPublicationContext): void {
  for (const { onEvent, onGap } of followers.get(channel) ?? []) {
    if (isResync(data)) onGap();
    else onEvent(data);
  }
}

function subscribed({ channel, wasRecovering, recovered }: ServerSubscribedContext): void {
  if (!wasRecovering || recovered) return;
  for (const { onGap } of followers.get(channel) ?? []) onGap();
}

// The server says so when its own line to the database broke: nobody knows what was missed.
function isResync(data: unknown): boolean {
  return typeof data === "object" && data !== null && "resync" in data;
}

async function fetchToken(): Promise<string> {
  const { data } = await api.POST("/api/auth/realtime-token");
  return data?.token ?? "";
}

onSession((event) => {
  if (event === "signed-out") {
    client?.disconnect();
    client = undefined;
  }
});
