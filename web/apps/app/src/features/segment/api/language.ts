import { $api, type components } from "@aerostic/api-client";

export type Subject = components["schemas"]["SegmentSubject"];
export type Operator = components["schemas"]["SegmentOperator"];

/** What a query may ask about in this workspace: fields, tags, campaigns and the rest. */
export function useLanguage() {
  return $api.useQuery("get", "/api/segments/language");
}
