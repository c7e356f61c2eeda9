import { onSession } from "@aerostic/api-client";
import { Toaster } from "@aerostic/ui/toast";
import { TooltipProvider } from "@aerostic/ui/tooltip";
import { type QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { forgetCache } from "./lib/offline-cache";
import { clearOutbox } from "./lib/outbox";
import { createAppRouter } from "./lib/router";

/** Wires query cache, router and session; knows no screen. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  const [router] = useState(() => createAppRouter(queryClient));
  useEffect(
    () =>
      onSession((event) => {
        // Another person or workspace: nothing cached may be shown to them. Guards decide where to go.
        void forgetCache();
        if (event !== "signed-out") return queryClient.clear();
        void clearOutbox();
        // What is on the screen still reads the cache until the guard has led away from it.
        void router.invalidate().finally(() => queryClient.clear());
      }),
    [queryClient, router],
  );
  return (
    <QueryClientProvider client={queryClient}>
      <TooltipProvider delayDuration={300}>
        <RouterProvider router={router} />
        <Toaster />
      </TooltipProvider>
    </QueryClientProvider>
  );
}
