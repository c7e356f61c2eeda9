import { download, fetchFile } from "@aerostic/api-client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Media } from "../model";

const pathOf = ({ id, url, uploaded }: Pick<Media, "id" | "url" | "uploaded">) =>
  url || (uploaded ? `/api/uploads/${id}/file` : `/api/messages/${id}/media`);

/** An address of the file in this browser, once it is wanted and here; files never change. */
export function useMediaUrl(file: Media, wanted: boolean): string | undefined {
  const { data } = useQuery({
    queryKey: ["file", pathOf(file)],
    queryFn: () => fetchFile(pathOf(file)),
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10 * 60_000,
    meta: { persist: false },
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}

export function saveMedia(file: Media): void {
  void download(pathOf(file), file.name ?? "file");
}
