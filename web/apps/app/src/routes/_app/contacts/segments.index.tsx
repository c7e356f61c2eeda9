import { createFileRoute } from "@tanstack/react-router";
import { SegmentsScreen } from "@/features/segment/segments-screen";

export const Route = createFileRoute("/_app/contacts/segments/")({ component: SegmentsScreen });
