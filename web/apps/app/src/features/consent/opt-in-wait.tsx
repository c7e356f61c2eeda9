import { DescriptionItem } from "@aerostic/ui/description-list";
import { useFormat } from "@/lib/format";
import { useLive } from "@/lib/use-live";
import { useOptInWait } from "./api/waiting";

/** How far the confirmation of an opt-in is: asked or not, and until when. */
export function OptInWait({ contactId }: { contactId: string }) {
  const format = useFormat();
  const { data, refetch } = useOptInWait(contactId);
  useLive("contacts", () => refetch());
  const waiting = data?.waiting;
  if (!waiting) return null;
  const asked = waiting.askedAt ? `Asked ${format.relative(waiting.askedAt)}` : "Will be asked in a moment";
  return (
    <>
      <DescriptionItem label="Confirmation">
        {waiting.problem && !waiting.askedAt ? `Not asked yet: ${waiting.problem}` : asked}
      </DescriptionItem>
      {waiting.shown && (
        <DescriptionItem label="Question">
          <span dir="auto">{waiting.shown}</span>
        </DescriptionItem>
      )}
      <DescriptionItem label="Lapses">{format.dateTime(waiting.until)}</DescriptionItem>
    </>
  );
}
