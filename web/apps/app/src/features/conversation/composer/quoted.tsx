import { Button } from "@aerostic/ui/button";
import { X } from "lucide-react";
import type { ThreadItem } from "../model";
import { previewOf } from "../preview";

/** The message that one answers, above what one writes. */
export function Quoted({ item: { message }, onRemove }: { item: ThreadItem; onRemove: () => void }) {
  return (
    <div className="flex items-start gap-2 px-3 pt-2.5">
      <p className="min-w-0 flex-1 rounded-md border-primary border-l-2 bg-muted px-2 py-1 text-sm">
        <span className="block text-2xs text-muted-foreground">
          Answering {message?.direction === "out" ? "your message" : "their message"}
        </span>
        <span dir="auto" className="line-clamp-2">
          {previewOf({ preview: message?.text ?? "", lastKind: message?.kind })}
        </span>
      </p>
      <Button variant="ghost" size="icon-sm" aria-label="Do not quote" onClick={onRemove}>
        <X />
      </Button>
    </div>
  );
}
