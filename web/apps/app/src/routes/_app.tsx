import { ensureSession } from "@aerostic/api-client";
import type { QueryClient } from "@tanstack/react-query";
import { createFileRoute, redirect } from "@tanstack/react-router";
import { type Account, meQuery } from "@/features/auth/api/me";
import { NoWorkspace } from "@/features/auth/no-workspace";
import { Shell } from "@/features/shell/shell";

/** True without a line, too: what was kept belongs to whoever was signed in last. */
async function sessionOrOffline(): Promise<boolean> {
  try {
    return await ensureSession();
  } catch (error) {
    if (navigator.onLine) throw error;
    return true;
  }
}

/** Who is signed in; without a line, who was. What was kept of somebody else is forgotten. */
async function loadMe(queryClient: QueryClient) {
  const kept = queryClient.getQueryData<Account>(meQuery.queryKey);
  if (kept && !navigator.onLine) return kept;
  const me: Account = await queryClient.fetchQuery(meQuery);
  if (kept && (kept.user.id !== me.user.id || kept.tenant?.id !== me.tenant?.id)) {
    queryClient.clear();
    queryClient.setQueryData(meQuery.queryKey, me);
  }
  return me;
}

/** Screens that need no workspace. */
const withoutWorkspace = ["/platform", "/profile"];

export const Route = createFileRoute("/_app")({
  beforeLoad: async ({ location }) => {
    if (!(await sessionOrOffline())) throw redirect({ to: "/login", search: { next: location.href } });
  },
  loader: async ({ context, location }) => {
    const me = await loadMe(context.queryClient);
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
