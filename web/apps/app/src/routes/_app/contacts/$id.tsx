import { createFileRoute } from "@tanstack/react-router";
import { ContactScreen } from "@/features/contact/contact-screen";
import { contactSearch } from "@/features/contact/contacts-search";

export const Route = createFileRoute("/_app/contacts/$id")({
  validateSearch: contactSearch,
  component: () => {
    const { id } = Route.useParams();
    return <ContactScreen key={id} id={id} search={Route.useSearch()} />;
  },
});
