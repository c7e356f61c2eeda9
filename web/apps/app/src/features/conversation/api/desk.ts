import { $api, api } from "@aerostic/api-client";

/** Who is there and how busy, asked for while somebody is being chosen. */
export function useDeskMembers(enabled: boolean) {
  return $api.useQuery("get", "/api/desk/members", {}, { enabled, staleTime: 30_000 });
}

/** Tells that the reader is there; a lost call is made up for by the next. */
export function tellSeen(): void {
  void api.POST("/api/desk/seen").catch(() => undefined);
}
