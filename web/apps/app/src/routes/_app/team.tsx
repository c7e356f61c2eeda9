import { createFileRoute } from "@tanstack/react-router";
import { Page } from "@/features/shell/page";

export const Route = createFileRoute("/_app/team")({ component: () => <Page title="Team" /> });
