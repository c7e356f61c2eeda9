import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, api, ensureSession, signedIn, signedOut } from "./index";

function json(status: number, body: unknown, type = "application/json"): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } });
}

/** Answers like a server whose only valid token is `valid`; refreshing hands it out. */
function server(valid: string, refreshStatus = 200) {
  const calls = { refresh: 0, me: [] as (string | null)[] };
  vi.stubGlobal("fetch", async (input: Request | string) => {
    const request = input instanceof Request ? input : undefined;
    if (!request) {
      calls.refresh++;
      await Promise.resolve();
      return json(refreshStatus, { accessToken: valid, expiresIn: 900 });
    }
    const token = request.headers.get("Authorization");
    calls.me.push(token);
    if (token !== `Bearer ${valid}`) return json(401, { detail: "Sign in." }, "application/problem+json");
    return json(200, { user: { name: "Ann" } });
  });
  return calls;
}

beforeEach(() => signedOut());

describe("the session", () => {
  it("renews a stale token once for many calls and repeats them", async () => {
    const calls = server("fresh");
    signedIn("stale");
    const replies = await Promise.all([api.GET("/api/me"), api.GET("/api/me"), api.GET("/api/me")]);
    expect(replies.map(({ data }) => data?.user.name)).toEqual(["Ann", "Ann", "Ann"]);
    expect(calls.refresh).toBe(1);
    expect(calls.me.slice(-3)).toEqual(["Bearer fresh", "Bearer fresh", "Bearer fresh"]);
  });

  it("ends when the cookie is refused", async () => {
    server("fresh", 401);
    signedIn("stale");
    await expect(api.GET("/api/me")).rejects.toMatchObject({ status: 401, detail: "Sign in." });
    expect(await ensureSession()).toBe(false);
  });

  it("survives a server that is restarting", async () => {
    server("fresh", 503);
    signedIn("stale");
    await expect(api.GET("/api/me")).rejects.toBeInstanceOf(ApiError);
    expect(await ensureSession()).toBe(true);
  });

  it("does not refresh because a password was wrong", async () => {
    const calls = server("fresh");
    const login = api.POST("/api/auth/login", { body: { email: "ann@acme.example", password: "no" } });
    await expect(login).rejects.toMatchObject({ status: 401 });
    expect(calls.refresh).toBe(0);
  });
});

describe("ApiError", () => {
  it("names fields without the body prefix", async () => {
    vi.stubGlobal("fetch", async () =>
      json(
        422,
        {
          detail: "Mend the form.",
          kind: "invalid",
          errors: [{ location: "body.email", message: "Not an address." }],
        },
        "application/problem+json",
      ),
    );
    const error = (await api.POST("/api/auth/forgot", { body: { email: "x" } }).catch((e) => e)) as ApiError;
    expect(error.fields()).toEqual({ email: "Not an address." });
    expect(error.kind).toBe("invalid");
  });

  it("says so when nothing answers", async () => {
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("network")));
    await expect(api.GET("/api/me")).rejects.toMatchObject({ status: 0, kind: "unavailable" });
  });
});
