import { createFileRoute } from "@tanstack/react-router";
import { InviteScreen } from "@/features/auth/invite-screen";

export const Route = createFileRoute("/_auth/invite/$token")({
  component: () => <InviteScreen token={Route.useParams().token} />,
});
