import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { VerifyNotice, VerifyScreen } from "@/features/auth/verify-screen";

const text = z.catch(z.optional(z.string()), undefined);

export const Route = createFileRoute("/_auth/verify")({
  validateSearch: z.object({ token: text, sent: text }),
  component: () => {
    const { token, sent } = Route.useSearch();
    return token ? <VerifyScreen token={token} /> : <VerifyNotice sentTo={sent} />;
  },
});
