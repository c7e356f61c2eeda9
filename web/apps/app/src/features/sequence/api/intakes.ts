import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type Audience = components["schemas"]["ContactAudience"];

/** Audiences that were let in, the latest first; looked at again while one goes on. */
export function useIntakes(id: string) {
  return $api.useQuery(
    "get",
    "/api/sequences/{id}/intakes",
    { params: { path: { id } } },
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ finishedAt }) => !finishedAt) ? 1500 : false,
    },
  );
}

/** Lets everybody of an audience in. */
export function useLetIn() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/sequences/{id}/intakes", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/sequences/{id}/intakes"] }),
  });
}
