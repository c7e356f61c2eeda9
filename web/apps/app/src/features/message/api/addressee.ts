import { $api } from "@aerostic/api-client";

/** Who a message is for; their name and number, as they are now. */
export function useAddressee(contactId: string | undefined) {
  return $api.useQuery(
    "get",
    "/api/contacts/{id}",
    { params: { path: { id: contactId ?? "" } } },
    { enabled: contactId !== undefined },
  );
}
