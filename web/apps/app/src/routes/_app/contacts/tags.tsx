import { createFileRoute } from "@tanstack/react-router";
import { TagsScreen } from "@/features/contact/tags-screen";

export const Route = createFileRoute("/_app/contacts/tags")({ component: TagsScreen });
