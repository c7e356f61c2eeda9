import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { cn } from "@aerostic/ui/lib/cn";
import { formatCount, formatPhone } from "@aerostic/ui/lib/format";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, useState } from "react";
import { languageName } from "@/features/template/languages";
import { toPreview } from "@/features/template/preview";
import type { Campaign } from "../api/campaigns";
import { type ContactPreview, usePreviews } from "../api/preview";

interface ContactPreviewsProps {
  campaign: Campaign;
  sender: string;
  settled: boolean;
  /** Which version, counted from 1. */
  variant?: number;
}

/** The message as real people of the audience would get it, one at a time. */
export function ContactPreviews({ campaign, sender, settled, variant = 1 }: ContactPreviewsProps) {
  const { data, error, isFetching, refetch } = usePreviews(campaign.id, campaign.updatedAt, settled, variant);
  const [at, setAt] = useState(0);
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} />;
  if (!data) return <Skeleton className="h-72 w-full max-w-80 rounded-2xl" />;
  if (data.length === 0) {
    return (
      <Alert tone="warning" title="Nobody is in the audience">
        Choose another audience to see how the message reads.
      </Alert>
    );
  }
  const index = Math.min(at, data.length - 1);
  const shown = data[index] as ContactPreview;
  const troubled = data.filter(({ problem }) => problem);
  const move = (by: number) => setAt((index + by + data.length) % data.length);
  const keys = (event: KeyboardEvent) => {
    if (event.key === "ArrowLeft") move(-1);
    if (event.key === "ArrowRight") move(1);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are an extra to the two buttons
    <div className="flex w-full max-w-80 flex-col gap-3" onKeyDown={keys}>
      <div className="flex items-center gap-2">
        <Button size="icon" aria-label="Previous person" onClick={() => move(-1)}>
          <ChevronLeft />
        </Button>
        <p className="min-w-0 flex-1 text-center" aria-live="polite">
          <span dir="auto" className="block truncate font-medium text-sm">
            {shown.name || formatPhone(shown.phone)}
          </span>
          <span className="block text-muted-foreground text-xs">
            {index + 1} of {data.length}
            {shown.name && shown.phone && ` · ${formatPhone(shown.phone)}`}
            {campaign.byLanguage && ` · ${languageName(shown.language)}`}
          </span>
        </p>
        <Button size="icon" aria-label="Next person" onClick={() => move(1)}>
          <ChevronRight />
        </Button>
      </div>
      {shown.problem && (
        <Alert tone="warning" title="This person would not get it">
          {shown.problem}
        </Alert>
      )}
      <PhonePreview
        sender={sender}
        message={toPreview(shown.message)}
        className={cn("transition-opacity", isFetching && "opacity-60")}
      />
      {troubled.length > 0 && (
        <p className="text-warning text-xs">
          {formatCount(troubled.length, "person", "people")} of these {data.length} would not get it.{" "}
          <button
            type="button"
            className="rounded-xs underline underline-offset-4 outline-none focus-visible:ring-2 focus-visible:ring-ring"
            onClick={() => setAt(data.findIndex((one, from) => one.problem && from > index))}
          >
            Show the next
          </button>
        </p>
      )}
    </div>
  );
}
