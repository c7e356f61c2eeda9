import { $api, signedIn } from "@aerostic/api-client";

/** Signs in, or answers with a challenge for the second step. */
export function useLogin() {
  return $api.useMutation("post", "/api/auth/login", {
    onSuccess: (reply) => {
      if (reply.accessToken) signedIn(reply.accessToken);
    },
  });
}
