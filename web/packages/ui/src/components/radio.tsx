import { RadioGroup as Radix } from "radix-ui";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "../lib/cn";

export function RadioGroup({ className, ...props }: ComponentProps<typeof Radix.Root>) {
  return <Radix.Root className={cn("flex flex-col gap-2", className)} {...props} />;
}

const dot = (
  <Radix.Indicator className="absolute inset-0 m-auto size-1.5 rounded-full bg-primary-foreground" />
);

const circleClasses =
  "focus-ring relative mt-0.5 size-4 shrink-0 rounded-full border border-input shadow-xs data-[state=unchecked]:bg-background dark:data-[state=unchecked]:bg-card data-[state=checked]:border-primary data-[state=checked]:bg-primary";

interface RadioProps extends ComponentProps<typeof Radix.Item> {
  label: ReactNode;
  hint?: ReactNode;
}

/** One plain choice. */
export function Radio({ label, hint, ...props }: RadioProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-2.5">
      <Radix.Item id={id} className={circleClasses} {...props}>
        {dot}
      </Radix.Item>
      <label htmlFor={id} className="min-w-0 select-none text-sm">
        {label}
        {hint && <span className="block text-muted-foreground text-xs">{hint}</span>}
      </label>
    </div>
  );
}

/** One choice as a card, for the two to five big decisions of a wizard. */
export function RadioCard({ label, hint, icon, className, ...props }: RadioProps & { icon?: ReactNode }) {
  const id = useId();
  return (
    <label
      htmlFor={id}
      className={cn(
        "flex cursor-pointer items-start gap-3 rounded-xl border p-3.5 transition-colors hover:bg-muted has-[:disabled]:pointer-events-none has-data-[state=checked]:border-primary has-data-[state=checked]:bg-primary-soft/50 has-[:disabled]:opacity-50",
        className,
      )}
    >
      {icon && <span className="mt-0.5 text-muted-foreground [&_svg]:size-4">{icon}</span>}
      <span className="min-w-0 flex-1">
        <span className="block font-medium text-sm">{label}</span>
        {hint && <span className="block text-muted-foreground text-xs">{hint}</span>}
      </span>
      <Radix.Item id={id} className={circleClasses} {...props}>
        {dot}
      </Radix.Item>
    </label>
  );
}
