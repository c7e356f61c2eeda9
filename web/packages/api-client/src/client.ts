import createFetchClient, { type Middleware } from "openapi-fetch";
import createQueryClient from "openapi-react-query";
import { ApiError } from "./problem";
import type { paths } from "./schema.gen";
import { clientHeader, getAccessToken, refresh } from "./session";

/** Calls that sign in or out themselves: a 401 from them is an answer, not a stale token. */
const withoutToken = /^\/api\/auth\/(signup|verify|login|two-factor|refresh|forgot|reset|invitations\/)/;

/** fetch with the access token; a stale one is renewed once and the call repeated. */
export async function authorizedFetch(request: Request): Promise<Response> {
  const first = prepared(request.clone());
  const response = await send(first);
  if (response.status !== 401 || withoutToken.test(new URL(request.url).pathname)) return response;
  if (!(await refresh().catch(() => false))) return response;
  return send(prepared(request));
}

function prepared(request: Request): Request {
  for (const [name, value] of Object.entries(clientHeader)) request.headers.set(name, value);
  const token = getAccessToken();
  if (token) request.headers.set("Authorization", `Bearer ${token}`);
  return request;
}

async function send(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch (cause) {
    if (request.signal.aborted) throw cause;
    throw ApiError.unreachable();
  }
}

const problems: Middleware = {
  async onResponse({ response }) {
    if (!response.ok) throw await ApiError.from(response);
  },
};

/** The typed client: `const { data } = await api.GET("/api/me")`. Throws ApiError, so data is there. */
export const api = createFetchClient<paths>({
  baseUrl: location.origin,
  fetch: authorizedFetch,
  // ?status=paused,running: what the server's document calls explode: false.
  querySerializer: { array: { style: "form", explode: false } },
});
api.use(problems);

/** The same for React: `$api.useQuery("get", "/api/me")`, `$api.queryOptions(…)`, `$api.useMutation(…)`. */
export const $api = createQueryClient(api);

/** For POSTs that create or send: repeat the same action with the same key and it happens once. */
export function idempotencyKey(): { "Idempotency-Key": string } {
  return { "Idempotency-Key": crypto.randomUUID() };
}
