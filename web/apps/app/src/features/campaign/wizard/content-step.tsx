import { Alert } from "@aerostic/ui/alert";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { useChannels } from "@/features/channel/api/list";
import type { TemplateDetail } from "@/features/template/api/template";
import { toPreview } from "@/features/template/preview";
import type { Campaign } from "../api/campaigns";
import { missing } from "../mapping";
import { ContactPreviews } from "./contact-previews";
import { SlotFields } from "./slot-fields";
import type { DraftContent } from "./steps";

interface ContentStepProps {
  campaign: Campaign;
  content: DraftContent;
  change: (part: Partial<DraftContent>) => void;
  template: TemplateDetail;
  settled: boolean;
  tried: boolean;
}

/** What goes into each placeholder, beside the message as real people would get it. */
export function ContentStep({ campaign, content, change, template, settled, tried }: ContentStepProps) {
  const channel = useChannels().data?.items.find(({ id }) => id === content.channelId);
  const sender = channel?.verifiedName || "Your business";
  const slots = template.slots ?? [];
  const open = missing(content.mapping, slots);
  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <div className="flex min-w-0 flex-col gap-4">
        {template.problem && (
          <Alert tone="danger" title="This template cannot be sent">
            {template.problem}
          </Alert>
        )}
        {slots.length === 0 && !template.problem ? (
          <Alert tone="info" title="Nothing to fill in">
            This template has no placeholders: everybody gets the same text.
          </Alert>
        ) : (
          <SlotFields
            slots={slots}
            mapping={content.mapping}
            onChange={(mapping) => change({ mapping })}
            tried={tried}
          />
        )}
      </div>
      <aside className="flex flex-col items-center gap-3 lg:sticky lg:top-5 lg:items-stretch">
        {open.length === 0 ? (
          <ContactPreviews campaign={campaign} sender={sender} settled={settled} />
        ) : (
          <>
            {template.preview && <PhonePreview sender={sender} message={toPreview(template.preview)} />}
            <p className="text-center text-muted-foreground text-xs">
              Filled with examples. Fill every placeholder to see it with real contacts.
            </p>
          </>
        )}
      </aside>
    </div>
  );
}
