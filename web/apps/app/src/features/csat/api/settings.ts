import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type RatingSettings = components["schemas"]["CsatSettings"];
export type RatingText = components["schemas"]["CsatText"];

/** When and how people are asked for a rating. */
export function useRatingSettings() {
  return $api.useQuery("get", "/api/csat/settings");
}

/** Replaces them. */
export function useSaveRatingSettings() {
  const client = useQueryClient();
  return $api.useMutation("put", "/api/csat/settings", {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/csat/settings"] }),
  });
}
