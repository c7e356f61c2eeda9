import { $api, type components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";

export type Team = components["schemas"]["DeskTeam"];
export type Rule = components["schemas"]["DeskRule"];
export type RuleDraft = components["schemas"]["DeskRuleDraft"];
export type DeskMember = components["schemas"]["DeskMember"];

function useRefresh(path: string) {
  const client = useQueryClient();
  return { onSuccess: () => client.invalidateQueries({ queryKey: ["get", path] }) };
}

/** Makes, changes and removes teams. */
export function useTeamActions() {
  const options = useRefresh("/api/teams");
  return {
    create: $api.useMutation("post", "/api/teams", options),
    save: $api.useMutation("put", "/api/teams/{id}", options),
    remove: $api.useMutation("delete", "/api/teams/{id}", options),
  };
}

/** The assignment rules in the order in which they are tried. */
export function useRules() {
  return $api.useQuery("get", "/api/assignment-rules");
}

/** Makes, changes, orders and removes assignment rules. */
export function useRuleActions() {
  const options = useRefresh("/api/assignment-rules");
  return {
    create: $api.useMutation("post", "/api/assignment-rules", options),
    save: $api.useMutation("put", "/api/assignment-rules/{id}", options),
    remove: $api.useMutation("delete", "/api/assignment-rules/{id}", options),
    order: $api.useMutation("post", "/api/assignment-rules/order", options),
  };
}

/** Says whether somebody takes conversations, and how many at most. */
export function useSetDeskMember() {
  return $api.useMutation("put", "/api/desk/members/{id}", useRefresh("/api/desk/members"));
}
