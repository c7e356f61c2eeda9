import { getAccessToken, signedOut } from "@aerostic/api-client";
import { QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { createQueryClient } from "@/lib/query-client";
import { LoginScreen } from "./login-screen";

/** A server that knows Ann with password "tulsi-and-ginger" and asks her for the code 123456. */
function server() {
  vi.stubGlobal("fetch", async (request: Request) => {
    const body = (await request.json()) as Record<string, string>;
    const path = new URL(request.url).pathname;
    if (path === "/api/auth/login" && body.password === "tulsi-and-ginger") {
      return Response.json({ twoFactorRequired: true, challenge: "c1" });
    }
    if (path === "/api/auth/two-factor" && body.challenge === "c1" && body.code === "123456") {
      return Response.json({ accessToken: "ann", expiresIn: 900 });
    }
    const problem = { detail: "Email and password do not match.", kind: "unauthenticated" };
    return Response.json(problem, { status: 401 });
  });
}

function renderLogin(next?: string) {
  const rootRoute = createRootRoute();
  const login = createRoute({
    getParentRoute: () => rootRoute,
    path: "/login",
    component: () => <LoginScreen next={next} />,
  });
  const inside = createRoute({
    getParentRoute: () => rootRoute,
    path: "/campaigns",
    component: () => <p>Inside</p>,
  });
  const router = createRouter({
    routeTree: rootRoute.addChildren([login, inside]),
    history: createMemoryHistory({ initialEntries: ["/login"] }),
  });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return userEvent.setup();
}

beforeEach(() => signedOut());

describe("LoginScreen", () => {
  it("names what is missing before asking the server", async () => {
    server();
    const user = renderLogin();
    await user.click(await screen.findByRole("button", { name: "Sign in" }));
    expect(await screen.findByText("Enter your password.")).toBeInTheDocument();
    expect(screen.getByLabelText("Work email")).toBeInvalid();
  });

  it("says why it was refused, then takes the second step to where one wanted to go", async () => {
    server();
    const user = renderLogin("/campaigns");
    await user.type(await screen.findByLabelText("Work email"), "ann@acme.example");
    await user.type(screen.getByLabelText("Password"), "guess{Enter}");
    expect(await screen.findByRole("alert")).toHaveTextContent("Email and password do not match.");

    await user.clear(screen.getByLabelText("Password"));
    await user.type(screen.getByLabelText("Password"), "tulsi-and-ginger{Enter}");
    await user.type(await screen.findByLabelText("Code"), "123 456{Enter}");
    expect(await screen.findByText("Inside")).toBeInTheDocument();
    expect(getAccessToken()).toBe("ann");
  });
});
