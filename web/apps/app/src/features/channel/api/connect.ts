import { $api, type components } from "@aerostic/api-client";
import { useRefreshChannels } from "./refresh-list";

export type ChannelChoice = components["schemas"]["ChannelChoice"];

/** Connects a number by access token, or answers with the account's numbers to choose from. */
export function useConnectChannel() {
  return $api.useMutation("post", "/api/channels", { onSuccess: useRefreshChannels() });
}
