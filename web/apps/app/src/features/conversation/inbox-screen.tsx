import { useMediaQuery } from "@aerostic/ui/hooks/use-media-query";
import { useEffect, useState } from "react";
import { ConversationPane, NothingOpen } from "./conversation-pane";
import type { InboxSearch } from "./filter";
import { KeysDialog } from "./keys-dialog";
import { ListPane } from "./list/list-pane";
import { NamesContext } from "./names";
import { ContactPanel } from "./panel/contact-panel";
import { useKeys } from "./use-keys";
import { useWorkspaceNames } from "./use-workspace-names";

const panelKey = "aerostic-inbox-panel";

/** The inbox: the list, the open conversation, and whom it is with. A phone shows one of them. */
export function InboxScreen({ id, search }: { id?: string; search: InboxSearch }) {
  const phone = useMediaQuery("(max-width: 767px)");
  const wide = useMediaQuery("(min-width: 1200px)");
  const [wanted, setWanted] = useState(() => localStorage.getItem(panelKey) !== "no");
  const [keysOpen, setKeysOpen] = useState(false);
  const names = useWorkspaceNames();
  useKeys({ "?": () => setKeysOpen(true) });
  useEffect(() => {
    document.title = "Inbox · Aerostic";
  }, []);
  const togglePanel = () => {
    setWanted(!wanted);
    localStorage.setItem(panelKey, wanted ? "no" : "yes");
  };
  const panel = wide && wanted;
  return (
    <NamesContext value={names}>
      <div className="flex min-h-0 flex-1">
        {(!phone || !id) && (
          <section
            aria-label="List"
            className="flex w-77.5 shrink-0 flex-col border-r max-md:w-full max-md:border-r-0"
          >
            <ListPane search={search} activeId={id} onKeys={() => setKeysOpen(true)} />
          </section>
        )}
        {id && (
          <ConversationPane
            key={id}
            id={id}
            search={search}
            alone={phone}
            panelOpen={panel}
            onPanel={togglePanel}
          />
        )}
        {!id && !phone && <NothingOpen />}
        {id && panel && <ContactPanel key={`panel ${id}`} conversationId={id} />}
      </div>
      <KeysDialog open={keysOpen} onOpenChange={setKeysOpen} />
    </NamesContext>
  );
}
