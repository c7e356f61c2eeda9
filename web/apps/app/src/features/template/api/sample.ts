import { fetchFile } from "@aerostic/api-client";
import { useQueries } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import type { SampleUrls } from "../preview";

/** Links to header samples as pictures, by slot. The files never change, so they are kept. */
export function useSampleUrls(samples: Record<string, string> | undefined): SampleUrls {
  const slots = Object.entries(samples ?? {}).filter(([, id]) => id);
  const queries = useQueries({
    queries: slots.map(([, id]) => ({
      queryKey: ["get", "/api/template-samples/{id}", id],
      queryFn: () => fetchFile(`/api/template-samples/${id}`),
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
    })),
    combine: (results) => results.map(({ data }) => data),
  });
  const key = slots.map(([slot, id], index) => `${slot} ${id} ${queries[index]?.size ?? ""}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says which files are there
  const urls = useMemo<SampleUrls>(
    () =>
      Object.fromEntries(
        slots.map(([slot], index) => {
          const file = queries[index];
          return [slot, file?.type.startsWith("image/") ? URL.createObjectURL(file) : undefined];
        }),
      ),
    [key],
  );
  useEffect(
    () => () => {
      for (const url of Object.values(urls)) if (url) URL.revokeObjectURL(url);
    },
    [urls],
  );
  return urls;
}
