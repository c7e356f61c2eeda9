import { $api, type components } from "@aerostic/api-client";
import { pages } from "@/lib/use-paged-rows";

export type Clicker = components["schemas"]["LinkClicker"];

/** The people who clicked one of a campaign's links; without a number, any. */
export function useClickers(campaign: string, link: number | undefined) {
  const params = { path: { id: campaign }, query: { link, limit: 100 } };
  return $api.useInfiniteQuery("get", "/api/campaigns/{id}/clicks", { params }, pages);
}
