import { $api } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { refreshThread } from "../cache";

export function useAddNote() {
  const client = useQueryClient();
  return $api.useMutation("post", "/api/conversations/{id}/notes", {
    onSuccess: (_, { params }) => refreshThread(client, params.path.id),
  });
}
