import { $api } from "@aerostic/api-client";
import { leaveDevice } from "@/lib/leave-device";

/** Ends this session here and on the server. */
export function useLogout() {
  return $api.useMutation("post", "/api/auth/logout", { onSuccess: leaveDevice });
}
