import { expect, it } from "vitest";
import type { Campaign } from "@/features/campaign/api/campaigns";
import type { Channel } from "@/features/channel/api/list";
import type { Template } from "@/features/template/api/templates";
import { attention } from "./attention";

it("puts what stops sending first and leaves out what is well", () => {
  const list = attention({
    paused: [{ id: "c1", name: "Diwali", pauseNote: { title: "The budget is used up." } } as Campaign],
    templates: [{ id: "t1", name: "offer", status: "REJECTED", whyNot: "Meta rejected it." } as Template],
    channels: [
      { id: "n1", verifiedName: "Acme", status: "connected" } as Channel,
      {
        id: "n2",
        verifiedName: "Acme Care",
        status: "needs_reauth",
        advice: { reason: "The token ended.", todo: "Paste a new one." },
      } as Channel,
    ],
    lowBalance: "₹120.00",
  });
  expect(list.map(({ key }) => key)).toEqual(["wallet", "channel n2", "template t1", "campaign c1"]);
  expect(list.every(({ verb, note }) => verb && note)).toBe(true);
});
