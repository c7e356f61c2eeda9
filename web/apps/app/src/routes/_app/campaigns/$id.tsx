import { createFileRoute } from "@tanstack/react-router";
import { Page } from "@/features/shell/page";

export const Route = createFileRoute("/_app/campaigns/$id")({ component: () => <Page title="Campaign" /> });
