import { download, fetchFile } from "@aerostic/api-client";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Media } from "../model";

/** An address of the file in this browser, once it is wanted and here; files never change. */
export function useMediaUrl({ id, url: path }: Pick<Media, "id" | "url">, wanted: boolean): string | undefined {
  const { data } = useQuery({
    queryKey: ["media", id],
    queryFn: () => fetchFile(path),
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

export function saveMedia({ url, name }: Pick<Media, "url" | "name">): void {
  void download(url, name ?? "file");
}
