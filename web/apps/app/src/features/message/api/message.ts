import { $api, type components } from "@aerostic/api-client";

export type Message = components["schemas"]["MessageBody"];

const final = ["delivered", "read", "failed", "refused", "unknown", "expired", "cancelled", "duplicate"];

/** What happened to one message; read again until it has ended. */
export function useMessage(id: string | undefined) {
  return $api.useQuery(
    "get",
    "/api/messages/{id}",
    { params: { path: { id: id ?? "" } } },
    {
      enabled: id !== undefined,
      refetchInterval: ({ state }) => (state.data && final.includes(state.data.state) ? false : 2000),
    },
  );
}
