import { createFileRoute } from "@tanstack/react-router";
import { DuplicatesScreen } from "@/features/contact/duplicates-screen";

export const Route = createFileRoute("/_app/contacts/duplicates")({ component: DuplicatesScreen });
