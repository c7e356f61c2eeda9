import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet } from "@tanstack/react-router";
import { RouteMissing } from "@/features/shell/route-states";

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Outlet,
  // Outside the shell nothing else is the main landmark.
  notFoundComponent: () => (
    <main className="flex min-h-dvh flex-col">
      <RouteMissing />
    </main>
  ),
});
