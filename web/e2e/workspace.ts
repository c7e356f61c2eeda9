/*
 * A workspace of a test's own, made over the API: its owner with a confirmed address, an account at the
 * simulator with one number and one template, money, and people. Tests that send need not share.
 */
import { type APIRequestContext, expect, type Page, request } from "@playwright/test";
import { dev, type Login, linkMailedTo, sim, soon } from "./dev";

export interface Workspace {
  name: string;
  owner: Login;
  /** The account and the number at the simulator. */
  wabaId: string;
  phoneNumberId: string;
  token: string;
}

/** Calls of one signed-in person; a refusal fails the test. */
export interface Api {
  get: <Reply>(path: string) => Promise<Reply>;
  post: <Reply>(path: string, data?: unknown) => Promise<Reply>;
  patch: <Reply>(path: string, data: unknown) => Promise<Reply>;
  upload: <Reply>(path: string, name: string, text: string) => Promise<Reply>;
}

const password = "tulsi-and-ginger";
let made = 0;

/** Words that no other test uses, in any worker. */
export function unique(word: string): string {
  return `${word}-${process.pid}-${++made}`;
}

/** A new person with a new workspace and nothing in it. */
export async function signUp(company: string): Promise<{ name: string; owner: Login }> {
  const handle = unique("owner");
  const owner = { email: `${handle}@${company.toLowerCase()}.example`, password };
  const context = await request.newContext({ baseURL: dev().url });
  const reply = await context.post("/api/auth/signup", {
    data: { name: "Ann Iyer", workspace: company, ...owner },
  });
  expect(reply.ok(), await reply.text()).toBe(true);
  const link = new URL(await linkMailedTo(owner.email, /confirm|verify/i), dev().url);
  const verified = await context.post("/api/auth/verify", {
    data: { token: link.searchParams.get("token") },
  });
  expect(verified.ok(), await verified.text()).toBe(true);
  await context.dispose();
  return { name: company, owner };
}

/** A workspace that can send: 80 messages a second, as Meta begins with. */
export async function makeWorkspace(company: string): Promise<Workspace> {
  const { name, owner } = await signUp(company);
  const account = newAccount(company);
  await sim("wabas", account.seed);
  const api = await apiOf(owner);
  await api.post("/api/channels", { wabaId: account.wabaId, accessToken: account.token });
  const { tenant } = await api.get<{ tenant: { id: string } }>("/api/me");
  await topUp(tenant.id, 20_000);
  await expect
    .poll(async () => (await api.get<{ items: unknown[] }>("/api/templates")).items.length, {
      message: "the template is synced",
      intervals: soon,
    })
    .toBe(1);
  return { name, owner, ...account };
}

function newAccount(company: string) {
  const tail = `${process.pid % 100_000}`.padStart(5, "0") + `${++made}`.padStart(4, "0");
  const [wabaId, phoneNumberId, token] = [`2900${tail}`, `1900${tail}`, `EAASIM-${tail}`];
  const template = {
    name: "festival_offer",
    language: "en_US",
    category: "MARKETING",
    parameter_format: "POSITIONAL",
    components: [
      {
        type: "BODY",
        text: "Namaste {{1}}, our festival offer is here 🪔 Come and see!",
        example: { body_text: [["Asha"]] },
      },
    ],
  };
  const number = { id: phoneNumberId, phone: `9181${tail}`, verified_name: company };
  const seed = {
    id: wabaId,
    name: company,
    currency: "INR",
    token,
    numbers: [number],
    templates: [template],
    marketing: { status: "ONBOARDED" },
  };
  return { wabaId, phoneNumberId, token, seed };
}

/** Signs somebody in and gives their calls. */
export async function apiOf({ email, password }: Login): Promise<Api> {
  const context = await request.newContext({ baseURL: dev().url });
  const login = await context.post("/api/auth/login", { data: { email, password } });
  expect(login.ok(), await login.text()).toBe(true);
  const { accessToken } = (await login.json()) as { accessToken: string };
  return calls(context, accessToken);
}

function calls(context: APIRequestContext, token: string): Api {
  const headers = () => ({ Authorization: `Bearer ${token}`, "Idempotency-Key": crypto.randomUUID() });
  const answer = async <Reply>(reply: Awaited<ReturnType<typeof context.get>>): Promise<Reply> => {
    expect(reply.ok(), `${reply.url()}: ${await reply.text()}`).toBe(true);
    return (await reply.json().catch(() => undefined)) as Reply;
  };
  return {
    get: async (path) => answer(await context.get(path, { headers: headers() })),
    post: async (path, data = {}) => answer(await context.post(path, { headers: headers(), data })),
    patch: async (path, data) => answer(await context.patch(path, { headers: headers(), data })),
    upload: async (path, name, text) =>
      answer(
        await context.post(path, {
          headers: headers(),
          multipart: { file: { name, mimeType: "text/csv", buffer: Buffer.from(text) } },
        }),
      ),
  };
}

/** Rupees into a workspace's wallet, by the platform's operator. By its id: two workers may give theirs one name. */
async function topUp(tenant: string, rupees: number): Promise<void> {
  const operator = await apiOf(dev().logins.platform);
  await operator.post(`/api/platform/tenants/${tenant}/topup`, {
    amount: rupees * 10_000,
    currency: "INR",
    reason: "Opening balance",
  });
}

/** Imports people into a list and waits until they are there; the import's id. */
export async function importPeople(api: Api, list: string, csv: string): Promise<string> {
  const { id, columns } = await api.upload<{ id: string; columns: { target: string; label?: string }[] }>(
    "/api/imports",
    `${list}.csv`,
    csv,
  );
  await api.post(`/api/imports/${id}/start`, {
    mapping: columns.map(({ target }) => target),
    labels: columns.map(({ label }) => label ?? ""),
    hasHeader: true,
    list,
    optIn: { source: "Shop counter", evidence: "Signed card" },
  });
  await expect
    .poll(async () => (await api.get<{ state: string }>(`/api/imports/${id}`)).state, {
      message: `import of ${list}`,
      intervals: soon,
    })
    .toBe("done");
  return id;
}

interface Named {
  id: string;
  name: string;
}

/** A draft to everybody of a list with the workspace's template, ready to start; its id. */
export async function draftCampaign(api: Api, name: string, list: string): Promise<string> {
  const channels = await api.get<{ items: { id: string }[] }>("/api/channels");
  const templates = await api.get<{ items: { id: string }[] }>("/api/templates");
  const tags = await api.get<{ items: Named[] }>("/api/tags");
  const { id } = await api.post<{ id: string }>("/api/campaigns", {
    name,
    channelId: channels.items[0]?.id,
    templateId: templates.items[0]?.id,
    audience: { tags: tags.items.filter((tag) => tag.name === list).map((tag) => tag.id) },
    mapping: [{ slot: "body.1", field: "firstName", fallback: "friend" }],
  });
  return id;
}

/** Starts a campaign that compares two versions, holds people out and tries failures again. */
export async function startTest(api: Api, name: string, list: string): Promise<string> {
  const id = await draftCampaign(api, name, list);
  const { templateId } = await api.get<{ templateId: string }>(`/api/campaigns/${id}`);
  const mapping = [{ slot: "body.1", text: "दोस्त" }];
  await api.patch(`/api/campaigns/${id}`, {
    experiment: {
      weight: 1,
      others: [{ templateId, mapping, weight: 1 }],
      winner: { metric: "read", testPercent: 50, afterMinutes: 60 },
    },
    holdOut: 20,
    retryDays: 3,
  });
  await api.post(`/api/campaigns/${id}/start`);
  return id;
}

/** Starts such a campaign at once. */
export async function startCampaign(api: Api, name: string, list: string): Promise<string> {
  const id = await draftCampaign(api, name, list);
  await api.post(`/api/campaigns/${id}/start`);
  return id;
}

/** Makes somebody a colleague of the owner, as an agent, by the invitation they got by mail; they are signed in. */
export async function join(page: Page, owner: Login, name: string): Promise<void> {
  const email = `${unique("colleague")}@agents.example`;
  await (await apiOf(owner)).post("/api/invitations", { email, role: "agent" });
  await page.goto(await linkMailedTo(email, /invit/i));
  await page.getByLabel("Your name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill("jackfruit-and-coconut");
  await page.getByRole("button", { name: "Join workspace" }).click();
  await expect(page.getByRole("heading", { name: "Overview", level: 1 })).toBeVisible();
}
