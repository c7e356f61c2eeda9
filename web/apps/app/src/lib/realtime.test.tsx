import { renderHook } from "@testing-library/react";
import { beforeEach, expect, it, vi } from "vitest";
import { useRealtime } from "./realtime";

type Listener = (context: object) => void;
const line = vi.hoisted(() => ({ listeners: new Map<string, (context: object) => void>() }));

vi.mock("centrifuge", () => ({
  Centrifuge: class {
    on(name: string, listener: Listener) {
      line.listeners.set(name, listener);
      return this;
    }
    connect() {}
    disconnect() {}
  },
}));
vi.mock("@/features/auth/api/me", () => ({ useMe: () => ({ tenant: { id: "acme" } }) }));

const onEvent = vi.fn();
const onGap = vi.fn();
const say = (name: string, context: object) => line.listeners.get(name)?.(context);

beforeEach(() => {
  onEvent.mockReset();
  onGap.mockReset();
});

it("hears its own topic while mounted", () => {
  const { unmount } = renderHook(() => useRealtime("campaigns", { onEvent, onGap }));
  say("publication", { channel: "tenant:acme:campaigns", data: { id: "c1" } });
  say("publication", { channel: "tenant:acme:wallet", data: {} });
  expect(onEvent.mock.calls).toEqual([[{ id: "c1" }]]);
  unmount();
  say("publication", { channel: "tenant:acme:campaigns", data: { id: "c2" } });
  expect(onEvent).toHaveBeenCalledTimes(1);
});

it("reads afresh when the line is there: something may have come since the first read", () => {
  renderHook(() => useRealtime("campaigns", { onEvent, onGap }));
  say("subscribed", { channel: "tenant:acme:campaigns", wasRecovering: false, recovered: false });
  expect(onGap).toHaveBeenCalledTimes(1);
});

it("tells of gaps: history too short, or the server's own", () => {
  renderHook(() => useRealtime("campaigns", { onEvent, onGap }));
  say("subscribed", { channel: "tenant:acme:campaigns", wasRecovering: true, recovered: true });
  expect(onGap).not.toHaveBeenCalled();
  say("subscribed", { channel: "tenant:acme:campaigns", wasRecovering: true, recovered: false });
  say("publication", { channel: "tenant:acme:campaigns", data: { resync: true } });
  expect(onGap).toHaveBeenCalledTimes(2);
  expect(onEvent).not.toHaveBeenCalled();
});
