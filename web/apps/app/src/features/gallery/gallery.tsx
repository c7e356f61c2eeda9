import { Page, PageBody } from "@/features/shell/page";
import { Controls } from "./controls";
import { ConversationParts } from "./conversation";
import { Data } from "./data";
import { Feedback } from "./feedback";

/** Every component once, in its states: for builders, pictures and the accessibility check. */
export function Gallery() {
  return (
    <Page title="Components">
      <PageBody>
        <Controls />
        <Data />
        <Feedback />
        <ConversationParts />
      </PageBody>
    </Page>
  );
}
