import { createFileRoute } from "@tanstack/react-router";
import { TeamScreen } from "@/features/team/team-screen";

export const Route = createFileRoute("/_app/team")({ component: TeamScreen });
