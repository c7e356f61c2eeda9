import { $api, type components } from "@aerostic/api-client";
import { keepPreviousData } from "@tanstack/react-query";
import { pages } from "@/lib/use-paged-rows";

export type Campaign = components["schemas"]["CampaignBody"];
export type CampaignStatus = Campaign["status"];
export type Counts = components["schemas"]["CampaignCounts"];

export interface CampaignFilter {
  q?: string;
  status?: CampaignStatus[];
  limit?: number;
}

/** Campaigns, newest first, page by page. */
export function useCampaigns(filter: CampaignFilter, options: { enabled?: boolean } = {}) {
  return $api.useInfiniteQuery(
    "get",
    "/api/campaigns",
    { params: { query: filter } },
    { ...pages, placeholderData: keepPreviousData, staleTime: 0, ...options },
  );
}
