import type { components } from "@aerostic/api-client";
import { useQueryClient } from "@tanstack/react-query";
import { useRealtime } from "@/lib/realtime";
import type { Import } from "./api/list";

/** What the topic "imports" carries: feature/contact's Progress. */
type Progress = Pick<
  components["schemas"]["ContactImport"],
  "id" | "state" | "read" | "size" | "rows" | "created" | "updated" | "duplicate" | "invalid" | "undo"
>;

const importKey = ["get", "/api/imports/{id}"];
const listKey = ["get", "/api/imports"];

/** Keeps one import up to date by live events; its end is read afresh, with everything that came of it. */
export function useImportEvents(id: string): void {
  const client = useQueryClient();
  const readAgain = () => client.invalidateQueries({ queryKey: importKey });
  useRealtime<Progress>("imports", {
    onEvent: (progress) => {
      if (progress.id !== id) return;
      client.setQueriesData<Import>({ queryKey: importKey }, (known) =>
        known?.id === id ? { ...known, ...progress } : known,
      );
      if (progress.state === "running" || progress.state === "undoing") return;
      readAgain();
      for (const queryKey of [listKey, ["get", "/api/contacts"], ["get", "/api/tags"]]) {
        client.invalidateQueries({ queryKey });
      }
    },
    onGap: readAgain,
  });
}
