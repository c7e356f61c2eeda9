import { $api, type components } from "@aerostic/api-client";

export type Topic = components["schemas"]["ConsentTopic"];

/** Topics people may refuse. */
export function useTopics() {
  return $api.useQuery("get", "/api/consent/topics");
}
