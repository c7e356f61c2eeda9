import { $api, type paths } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

/** How the preview of a file that is not started is read; what is left out is guessed. */
export type PreviewView = NonNullable<paths["/api/imports/{id}"]["get"]["parameters"]["query"]>;

const pollEvery = 2_000;

/** One import; while it runs also asked for every two seconds, should live events not arrive. */
export function useImport(id: string, query: PreviewView = {}) {
  return $api.useQuery(
    "get",
    "/api/imports/{id}",
    { params: { path: { id }, query } },
    {
      placeholderData: keepPreviousData,
      refetchInterval: ({ state }) =>
        state.data?.state === "running" || state.data?.state === "undoing" ? pollEvery : false,
    },
  );
}
