import { type components, upload } from "@aerostic/api-client";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

export type Sample = components["schemas"]["TemplateSample"];

/** Gives a header's sample file to Meta; its handle goes into the draft. */
export function useUploadSample() {
  const [progress, setProgress] = useState<number>();
  const mutation = useMutation({
    mutationFn: ({ channelId, file }: { channelId: string; file: File }) => {
      const form = new FormData();
      form.set("channelId", channelId);
      form.set("file", file);
      return upload<Sample>("/api/templates/media", form, { onProgress: setProgress });
    },
    onSettled: () => setProgress(undefined),
  });
  return { ...mutation, progress };
}
