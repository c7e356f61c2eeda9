import { type ApiError, upload } from "@aerostic/api-client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { Import } from "./list";

interface Upload {
  file: File;
  onProgress: (share: number) => void;
  signal: AbortSignal;
}

/** Sends an XLSX or CSV file; nothing is imported before it is started. */
export function useUploadImport() {
  const client = useQueryClient();
  return useMutation<Import, ApiError | DOMException, Upload>({
    mutationFn: ({ file, ...options }) => {
      const form = new FormData();
      form.append("file", file);
      return upload<Import>("/api/imports", form, options);
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ["get", "/api/imports"] }),
  });
}
