import { $api, type components } from "@aerostic/api-client";

export type Channel = components["schemas"]["ChannelView"];

/** The connected numbers, oldest first. */
export function useChannels() {
  return $api.useQuery("get", "/api/channels");
}
