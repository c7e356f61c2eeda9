import { $api } from "@aerostic/api-client";
import { leaveDevice } from "@/lib/leave-device";

/** Ends every session of this person, this one too. */
export function useLogoutEverywhere() {
  return $api.useMutation("post", "/api/auth/logout-everywhere", { onSuccess: leaveDevice });
}
