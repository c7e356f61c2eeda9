import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";

export type TemplateDraft = components["schemas"]["TemplateDraft"];
export type Finding = NonNullable<components["schemas"]["TemplateLintReplyBody"]["findings"]>[number];

/** What Meta would object to, and how the draft looks on a phone. */
export function useLint(draft: TemplateDraft) {
  return $api.useQuery(
    "post",
    "/api/templates/lint",
    { body: draft },
    { placeholderData: keepPreviousData, gcTime: 10_000, staleTime: Number.POSITIVE_INFINITY },
  );
}
