import { createFileRoute } from "@tanstack/react-router";
import { ContactsScreen } from "@/features/contact/contacts-screen";
import { contactsSearch } from "@/features/contact/contacts-search";

export const Route = createFileRoute("/_app/contacts/")({
  validateSearch: contactsSearch,
  component: () => <ContactsScreen search={Route.useSearch()} />,
});
