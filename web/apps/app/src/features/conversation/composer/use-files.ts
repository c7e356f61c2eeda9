import { useCallback, useState } from "react";
import { type Attachment, attach } from "./attachments";

/** The files that go with the next message. */
export function useFiles() {
  const [all, setAll] = useState<Attachment[]>([]);
  const add = useCallback(
    (files: Iterable<File>, voice = false) => setAll((old) => [...old, ...attach(files, voice)]),
    [],
  );
  const remove = useCallback((key: string) => setAll((old) => old.filter((one) => one.key !== key)), []);
  const clear = useCallback(() => setAll([]), []);
  return { all, add, remove, clear, broken: all.some(({ problem }) => problem) };
}
