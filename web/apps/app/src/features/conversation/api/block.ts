import { $api } from "@aerostic/api-client";

/** Keeps the person from writing to the number. */
export function useBlock() {
  return $api.useMutation("post", "/api/conversations/{id}/block");
}

export function useUnblock() {
  return $api.useMutation("post", "/api/conversations/{id}/unblock");
}
