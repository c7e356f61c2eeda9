import { cn } from "../lib/cn";

/** The mark: an arrow taking off. Decorative unless it stands alone. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cn(
        "flex size-7 shrink-0 items-center justify-center rounded-md bg-primary text-primary-foreground",
        className,
      )}
    >
      <svg viewBox="0 0 24 24" className="size-[80%]" aria-hidden>
        <path d="M12 2.5 4.5 21 12 16.8Z" fill="currentColor" />
        <path d="M12 2.5 19.5 21 12 16.8Z" fill="currentColor" opacity={0.55} />
      </svg>
    </span>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 font-semibold text-lg tracking-title", className)}>
      <LogoMark />
      Aerostic
    </span>
  );
}
