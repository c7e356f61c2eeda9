import { Button } from "@aerostic/ui/button";
import { Check, Trash2 } from "lucide-react";
import { clock } from "../thread/voice";
import { useNow } from "../when";

/** Shown in place of the text while a voice message is recorded. */
export function Recording({
  since,
  onStop,
  onCancel,
}: {
  since: number;
  onStop: () => void;
  onCancel: () => void;
}) {
  const now = useNow("fast");
  return (
    <div role="status" className="flex items-center gap-3 px-3 py-3">
      <span aria-hidden className="size-2.5 animate-pulse rounded-full bg-destructive" />
      <span className="flex-1 text-md">Recording {clock(Math.max(0, (now - since) / 1000))}</span>
      <Button variant="ghost" size="icon" aria-label="Throw the recording away" onClick={onCancel}>
        <Trash2 />
      </Button>
      <Button variant="primary" onClick={onStop}>
        <Check /> Done
      </Button>
    </div>
  );
}
