import { ApiError } from "@aerostic/api-client";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Campaign } from "../api/campaigns";
import { useDraft } from "./use-draft";

const sent: unknown[] = [];
const answers: (() => Promise<Campaign>)[] = [];

vi.mock("../api/edit", () => ({
  useEditCampaign: () => ({ mutateAsync, error: null }),
}));

async function mutateAsync({ body }: { body: unknown }) {
  sent.push(body);
  return (answers.shift() ?? (async () => campaign))();
}

const campaign = { id: "c1", name: "Diwali", audience: {}, mapping: [] } as unknown as Campaign;

function setup() {
  const client = new QueryClient();
  const wrapper = ({ children }: { children: ReactNode }) => (
    <QueryClientProvider client={client}>{children}</QueryClientProvider>
  );
  return renderHook(() => useDraft(campaign), { wrapper });
}

describe("useDraft", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    sent.length = 0;
    answers.length = 0;
  });
  afterEach(() => void vi.useRealTimers());

  it("sends what rested, as one change", async () => {
    const { result } = setup();
    act(() => result.current.change({ name: "Diwali 🪔" }));
    act(() => result.current.change({ channelId: "n1" }));
    expect(result.current.content).toMatchObject({ name: "Diwali 🪔", channelId: "n1" });
    expect(sent).toEqual([]);
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(sent).toEqual([{ name: "Diwali 🪔", channelId: "n1" }]);
    expect(result.current.state).toBe("saved");
  });

  it("keeps what could not be saved for the next try", async () => {
    const { result } = setup();
    answers.push(async () => {
      throw ApiError.unreachable();
    });
    act(() => result.current.change({ name: "One" }));
    await act(async () => expect(await result.current.flush()).toBe(false));
    expect(result.current.state).toBe("failed");
    act(() => result.current.change({ templateId: "t1" }));
    await act(async () => expect(await result.current.flush()).toBe(true));
    expect(sent[1]).toEqual({ name: "One", templateId: "t1" });
  });

  it("never sends an empty name and removes a cap with zero", async () => {
    const { result } = setup();
    act(() => result.current.change({ name: "  " }));
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(sent).toEqual([]);
    act(() => result.current.change({ budgetCap: undefined }));
    await act(() => vi.advanceTimersByTimeAsync(600));
    expect(sent).toEqual([{ budgetCap: 0 }]);
  });

  it("saves the rest when the screen closes", async () => {
    const { result, unmount } = setup();
    act(() => result.current.change({ name: "Last" }));
    unmount();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual([{ name: "Last" }]);
  });
});
