import { ensureSession } from "@aerostic/api-client";
import { createFileRoute, redirect } from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/me";
import { NoWorkspace } from "@/features/auth/no-workspace";
import { Shell } from "@/features/shell/shell";

/** Screens that need no workspace. */
const withoutWorkspace = ["/platform", "/profile"];

export const Route = createFileRoute("/_app")({
  beforeLoad: async ({ location }) => {
    if (!(await ensureSession())) throw redirect({ to: "/login", search: { next: location.href } });
  },
  loader: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    const operator = !me.tenant && me.user.platform;
    if (operator && !withoutWorkspace.includes(location.pathname)) throw redirect({ to: "/platform" });
    return me;
  },
  // Switching screens runs the loader again: an operator without a workspace has only some.
  shouldReload: true,
  component: () => {
    const { tenant, user } = Route.useLoaderData();
    return tenant || user.platform ? <Shell /> : <NoWorkspace />;
  },
});
