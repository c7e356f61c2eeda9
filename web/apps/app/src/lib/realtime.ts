/*
 * Live events over one websocket per tab. The server publishes only what was committed, on channels
 * "tenant:<id>:<topic>", and subscribes every connection to its workspace's topics by itself; topics of one
 * thing ("conversation:<id>") are subscribed to while somebody follows them. A lost
 * connection is made again by itself; events missed meanwhile come from the channel's history, and
 * where that is too short, or the server itself missed some, onGap tells the screen to read afresh. So
 * it does once a channel is heard for the first time, for what came after the screen's first read.
 */
import { api, onSession } from "@aerostic/api-client";
import {
  Centrifuge,
  type ServerPublicationContext,
  type ServerSubscribedContext,
  type Subscription,
} from "centrifuge";
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
  if (here.size === 1 && isOfOneThing(channel)) subscribe(channel);
  return () => {
    here.delete(handlers);
    if (here.size === 0) unsubscribe(channel);
  };
}

const subscriptions = new Map<string, Subscription>();

/**
 * "tenant:<id>:conversation:<id>": too many for the server to subscribe everybody to. One's own
 * ("tenant:<id>:user:<id>") it does.
 */
function isOfOneThing(channel: string): boolean {
  const [, , topic, id] = channel.split(":");
  return id !== undefined && topic !== "user";
}

function subscribe(channel: string): void {
  const made = client?.newSubscription(channel, { recoverable: true, positioned: true });
  if (!made) return;
  made.on("publication", heard).on("subscribed", subscribed).subscribe();
  subscriptions.set(channel, made);
}

function unsubscribe(channel: string): void {
  const made = subscriptions.get(channel);
  if (!made) return;
  subscriptions.delete(channel);
  made.unsubscribe();
  client?.removeSubscription(made);
}

function connect(): void {
  if (client) return;
  const url = new URL("/connection/websocket", location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  client = new Centrifuge(url.toString(), { getToken: fetchToken });
  client.on("publication", heard).on("subscribed", subscribed);
  client.connect();
}

function heard({ channel, data }: Pick<ServerPublicationContext, "channel" | "data">): void {
  for (const { onEvent, onGap } of followers.get(channel) ?? []) {
    if (isResync(data)) onGap();
    else onEvent(data);
  }
}

type Subscribed = Pick<ServerSubscribedContext, "channel" | "wasRecovering" | "recovered">;

function subscribed({ channel, wasRecovering, recovered }: Subscribed): void {
  if (wasRecovering && recovered) return;
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
    subscriptions.clear();
    client?.disconnect();
    client = undefined;
  }
});
