import { ensureSession } from "@aerostic/api-client";
import { createFileRoute, redirect } from "@tanstack/react-router";
import { meQuery } from "@/features/auth/api/me";
import { NoWorkspace } from "@/features/auth/no-workspace";
import { Shell } from "@/features/shell/shell";

export const Route = createFileRoute("/_app")({
  beforeLoad: async ({ location }) => {
    if (!(await ensureSession())) throw redirect({ to: "/login", search: { next: location.href } });
  },
  loader: ({ context }) => context.queryClient.ensureQueryData(meQuery),
  component: () => (Route.useLoaderData().tenant ? <Shell /> : <NoWorkspace />),
});
