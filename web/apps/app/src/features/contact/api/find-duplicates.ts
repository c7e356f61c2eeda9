import { $api } from "@aerostic/api-client";

/** Begins to look for people who are two contacts; what it finds comes into the list. */
export function useFindDuplicates() {
  return $api.useMutation("post", "/api/duplicates/find");
}
