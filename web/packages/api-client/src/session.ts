/*
 * Who is signed in, as far as the browser knows: a short-lived access token in memory. The refresh
 * token is an HttpOnly cookie that no script sees. Owns refreshing and telling other tabs; does not
 * own what a person may do (GET /api/me).
 */

/** Sent with every call; a form on another site cannot set it, so cookies alone are never enough. */
export const clientHeader = { "X-Aerostic-Client": "web" };

type Listener = (event: "signed-in" | "signed-out") => void;

let accessToken: string | undefined;
let refreshing: Promise<boolean> | undefined;
const listeners = new Set<Listener>();
const otherTabs = "BroadcastChannel" in globalThis ? new BroadcastChannel("aerostic-session") : undefined;

otherTabs?.addEventListener("message", ({ data }) => {
  if (data === "signed-out") forget();
  // The cookie now belongs to another workspace or person: everything shown here is stale.
  if (data === "signed-in") location.reload();
});

export function getAccessToken(): string | undefined {
  return accessToken;
}

/** After a sign-in or a change of workspace; other tabs follow. */
export function signedIn(token: string): void {
  accessToken = token;
  otherTabs?.postMessage("signed-in");
  notify("signed-in");
}

/** After a sign-out here; other tabs follow. */
export function signedOut(): void {
  otherTabs?.postMessage("signed-out");
  forget();
}

/** Tells when the session begins or ends; returns how to stop listening. */
export function onSession(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Trades the cookie for a new access token; false means signed out. Callers share one request. The
 * lock spans tabs: two refreshes at once with one rotating cookie would look like theft and end the
 * session everywhere.
 */
export function refresh(): Promise<boolean> {
  refreshing ??= exclusively(requestToken).finally(() => {
    refreshing = undefined;
  });
  return refreshing;
}

/** True when there is a usable token or the cookie gives one. */
export async function ensureSession(): Promise<boolean> {
  return accessToken !== undefined || (await refresh());
}

async function requestToken(): Promise<boolean> {
  const response = await fetch("/api/auth/refresh", {
    method: "POST",
    credentials: "same-origin",
    headers: clientHeader,
  });
  if (response.ok) {
    accessToken = ((await response.json()) as { accessToken: string }).accessToken;
    return true;
  }
  // Only a refusal ends the session; a server that is restarting does not sign anybody out.
  if (response.status === 401 || response.status === 403) {
    if (accessToken !== undefined) forget();
    return false;
  }
  throw new Error(`refresh session: status ${response.status}`);
}

function exclusively(work: () => Promise<boolean>): Promise<boolean> {
  if (!navigator.locks) return work();
  return navigator.locks.request("aerostic-refresh", work);
}

function forget(): void {
  accessToken = undefined;
  notify("signed-out");
}

function notify(event: "signed-in" | "signed-out"): void {
  for (const listener of listeners) listener(event);
}
