import { X } from "lucide-react";
import type { ReactNode } from "react";

/** A word that stands for something chosen, with a cross to take it away. */
export function Chip({
  label,
  onRemove,
  disabled,
  children,
}: {
  label: string;
  onRemove?: () => void;
  disabled?: boolean;
  children?: ReactNode;
}) {
  return (
    <span className="inline-flex h-6 max-w-60 items-center gap-1.5 rounded-sm border bg-muted px-1.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0 [&_svg]:text-muted-foreground">
      {children}
      <span className="truncate" dir="auto">
        {label}
      </span>
      {onRemove && (
        <button
          type="button"
          disabled={disabled}
          onClick={onRemove}
          aria-label={`Remove ${label}`}
          className="focus-ring relative -mr-1 rounded-xs border border-transparent p-0.5 after:absolute after:-inset-1 hover:bg-accent hover:[&_svg]:text-foreground"
        >
          <X />
        </button>
      )}
    </span>
  );
}
