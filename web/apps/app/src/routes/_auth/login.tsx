import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { LoginScreen } from "@/features/auth/login-screen";

// Only a path of this app: "//evil.example" would leave it after signing in.
const search = z.object({ next: z.catch(z.optional(z.string().check(z.regex(/^\/(?![/\\])/))), undefined) });

export const Route = createFileRoute("/_auth/login")({
  validateSearch: search,
  component: () => <LoginScreen next={Route.useSearch().next} />,
});
