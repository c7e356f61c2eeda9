/* A workspace with something to see on every screen: what the walk through the screens looks at. */
import { expect } from "@playwright/test";
import { soon } from "./dev";
import { mobile, peopleFile } from "./people";
import {
  type Api,
  apiOf,
  draftCampaign,
  importPeople,
  makeWorkspace,
  startCampaign,
  startTest,
  type Workspace,
} from "./workspace";

export interface Scene {
  workspace: Workspace;
  contact: string;
  importDone: string;
  importOpen: string;
  campaignDone: string;
  campaignDraft: string;
  /** Two versions, a hold-out, and a rest that waits for the winner. */
  campaignTested: string;
  campaignScheduled: string;
  campaignRepeating: string;
  campaignAwaiting: string;
  /** A message that failed, of the campaign that is done. */
  message: string;
  /** One that was read, of the same campaign. */
  messageRead: string;
  template: string;
  transaction: string;
  segment: string;
  /** Two steps by an event, which one person's order has started. */
  sequence: string;
}

const list = "Diwali list";

export async function makeScene(company: string): Promise<Scene> {
  const workspace = await makeWorkspace(company);
  const api = await apiOf(workspace.owner);
  const broken = `${peopleFile(40, 15)}Wrong Number,12345,Pune\r\nअदिति राव,+919845001026,Indore\r\n`;
  const importDone = await importPeople(api, list, broken);
  await atWork(api);
  const [campaignDone, campaignDraft, campaignScheduled, importOpen, campaignTested] = await Promise.all([
    startCampaign(api, "Diwali early access 🪔", list),
    draftCampaign(api, "होली की शुभकामनाएँ", list),
    schedule(api),
    upload(api),
    startTest(api, "रंगोली A/B 🎨", list),
    api.post("/api/invitations", { email: "bob@menon.example", role: "agent" }),
  ]);
  const first = async (path: string) => (await api.get<{ items: { id: string }[] }>(path)).items[0]?.id ?? "";
  return {
    workspace,
    contact: await first("/api/contacts"),
    importDone,
    importOpen,
    campaignDone,
    campaignDraft,
    campaignTested,
    campaignScheduled,
    campaignRepeating: await repeat(api),
    campaignAwaiting: await askFor(api),
    message: await failedMessage(api, campaignDone),
    messageRead: await messageOf(api, campaignDone, "read"),
    template: await first("/api/templates"),
    segment: await segment(api),
    sequence: await sequence(api),
    transaction: await first("/api/wallet/transactions?kind=charge"),
  };
}

/** A sequence of two steps that an event starts, and one such event. */
async function sequence(api: Api): Promise<string> {
  const first = async (path: string) => (await api.get<{ items: { id: string }[] }>(path)).items[0]?.id;
  const templateId = await first("/api/templates");
  const step = (amount: number) => ({
    wait: { amount, unit: "days" },
    templateId,
    byLanguage: false,
    mapping: [{ slot: "body.1", event: "customer", fallback: "दोस्त" }],
  });
  const { id } = await api.post<{ id: string }>("/api/sequences", {
    name: "After the order 🛍️ ऑर्डर के बाद",
    definition: {
      channelId: await first("/api/channels"),
      trigger: { kind: "event", event: "order.paid" },
      entry: "every",
      steps: [step(0), step(3)],
      exits: { reply: true, goals: [] },
    },
  });
  await api.post(`/api/sequences/${id}/publish`);
  await api.post("/api/events", {
    eventId: "order-1042",
    name: "order.paid",
    contact: { phone: `+${mobile(40, 1)}` },
    values: { customer: "रवि" },
  });
  return id;
}

/** A segment with a group in a group. */
async function segment(api: Api): Promise<string> {
  const query = {
    all: [
      { on: "field:city", op: "is", values: ["Pune", "जयपुर"] },
      {
        any: [
          { on: "campaign", op: "unread", days: 14 },
          { not: { on: "optin", op: "is", values: ["out"] } },
        ],
      },
    ],
  };
  return (await api.post<{ id: string }>("/api/segments", { name: "पुणे, asleep 💤", query })).id;
}

/** Some contacts stand in stages, belong to somebody and have values of every type. */
async function atWork(api: Api): Promise<void> {
  await api.post("/api/fields", { label: "ख़र्च", key: "spent", type: "number" });
  await api.post("/api/fields", { label: "Birthday", type: "date" });
  await api.post("/api/fields", { label: "Tier", type: "choice", options: ["Gold 🥇", "चाँदी"] });
  const stages = await api.get<{ items: { id: string }[] }>("/api/stages");
  const { items } = await api.get<{ items: { id: string }[] }>("/api/contacts");
  const me = await api.get<{ user: { id: string } }>("/api/me");
  const ids = items.map(({ id }) => id);
  const bulk = (some: string[], action: Record<string, unknown>) =>
    api.post("/api/bulks", { ids: some, action });
  await bulk(ids.slice(0, 4), { kind: "stage", stage: stages.items[1]?.id });
  await bulk(ids.slice(4, 7), { kind: "stage", stage: stages.items[2]?.id });
  await bulk(ids.slice(0, 6), { kind: "owner", owner: me.user.id });
  await bulk(ids.slice(0, 3), { kind: "field", field: "spent", value: "₹ 1,20,000" });
  await bulk(ids.slice(0, 3), { kind: "field", field: "tier", value: "चाँदी" });
}

async function schedule(api: Api): Promise<string> {
  const id = await draftCampaign(api, "عرض العيد", list);
  await api.post(`/api/campaigns/${id}/start`, { at: new Date(Date.now() + 86_400_000).toISOString() });
  return id;
}

async function repeat(api: Api): Promise<string> {
  const id = await draftCampaign(api, "हर सोमवार 🌿", list);
  await api.post("/api/workspace/holidays", { name: "नया साल", on: "2027-01-04" });
  const startsOn = new Date().toISOString().slice(0, 10);
  const rule = { rule: "FREQ=WEEKLY;BYDAY=MO,TH", startsOn, time: "10:00", holidays: "after", lateHours: 6 };
  await api.post(`/api/campaigns/${id}/start`, { repeat: rule });
  return id;
}

/** A campaign that waits for a second person; the workspace asks for none afterwards. */
async function askFor(api: Api): Promise<string> {
  const id = await draftCampaign(api, "Pongal பொங்கல்", list);
  await api.patch("/api/workspace", { approvalAbove: 1 });
  await api.post(`/api/campaigns/${id}/approval`, { schedule: {}, note: "पहले से तय" });
  await api.patch("/api/workspace", { approvalAbove: 0 });
  return id;
}

async function upload(api: Api): Promise<string> {
  const csv = `Name,Mobile,City\r\nMeera 🌿,+${mobile(41, 0)},Kochi\r\nZoya,123,Pune\r\n`;
  return (await api.upload<{ id: string }>("/api/imports", "guests.csv", csv)).id;
}

/** Waits until the campaign has ended for everybody. */
async function failedMessage(api: Api, campaign: string): Promise<string> {
  const path = `/api/campaigns/${campaign}`;
  await expect
    .poll(
      async () => {
        const { counts } = await api.get<{ counts: Record<string, number> }>(path);
        return [counts.total, (counts.delivered ?? 0) + (counts.read ?? 0), counts.failed];
      },
      { message: "the scene's campaign is done", intervals: soon },
    )
    .toEqual([16, 15, 1]);
  return messageOf(api, campaign, "failed");
}

async function messageOf(api: Api, campaign: string, outcome: string): Promise<string> {
  const path = `/api/campaigns/${campaign}/recipients?outcome=${outcome}`;
  return (await api.get<{ items: { messageId: string }[] }>(path)).items[0]?.messageId ?? "";
}
