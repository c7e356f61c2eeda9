import { createFileRoute } from "@tanstack/react-router";
import { FieldsScreen } from "@/features/contact/fields-screen";

export const Route = createFileRoute("/_app/contacts/fields")({ component: FieldsScreen });
