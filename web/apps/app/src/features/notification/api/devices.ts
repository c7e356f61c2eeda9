import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type PushDevice = components["schemas"]["NotificationDeviceBody"];

const key = ["get", "/api/notifications/devices"];

/** This person's browsers that take pushes, and the key to subscribe for. */
export function useDevices() {
  return $api.useQuery("get", "/api/notifications/devices");
}

/** Adds, removes and tries browsers. */
export function useDeviceActions() {
  const client = useQueryClient();
  const options = { onSuccess: () => client.invalidateQueries({ queryKey: key }) };
  return {
    add: $api.useMutation("post", "/api/notifications/devices", options),
    remove: $api.useMutation("delete", "/api/notifications/devices/{id}", options),
    attempt: $api.useMutation("post", "/api/notifications/try", options),
  };
}
