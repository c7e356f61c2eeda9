import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type Policy = components["schemas"]["SlaPolicy"];
export type Level = components["schemas"]["SlaLevel"];

/** What the workspace promises, the first to be asked at the top. */
export function usePolicies() {
  return $api.useQuery("get", "/api/sla/policies");
}

/** Makes, changes, orders and removes policies. */
export function usePolicyActions() {
  const client = useQueryClient();
  const options = {
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/sla/policies"] }),
  };
  return {
    create: $api.useMutation("post", "/api/sla/policies", options),
    save: $api.useMutation("put", "/api/sla/policies/{id}", options),
    remove: $api.useMutation("delete", "/api/sla/policies/{id}", options),
    order: $api.useMutation("post", "/api/sla/policies/order", options),
  };
}
