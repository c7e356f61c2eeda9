import { $api, type components } from "@aerostic/api-client";

export type ContactRequest = components["schemas"]["ContactRequest"];

const pollEvery = 2_000;

/** Exports of a contact and how far they are; asked for again while one runs. */
export function useContactRequests(id: string, enabled: boolean) {
  return $api.useQuery(
    "get",
    "/api/contacts/{id}/requests",
    { params: { path: { id } } },
    {
      enabled,
      refetchInterval: ({ state }) =>
        state.data?.items.some((request) => request.state === "running") ? pollEvery : false,
    },
  );
}
