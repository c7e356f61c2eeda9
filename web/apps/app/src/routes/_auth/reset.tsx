import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { ResetScreen } from "@/features/auth/reset-screen";

export const Route = createFileRoute("/_auth/reset")({
  validateSearch: z.object({ token: z.catch(z.string(), "") }),
  component: () => <ResetScreen token={Route.useSearch().token} />,
});
