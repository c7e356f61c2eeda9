import { cva, type VariantProps } from "class-variance-authority";
import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "../lib/cn";
import { Spinner } from "./spinner";

export const buttonVariants = cva(
  "focus-ring inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap border font-medium transition-colors disabled:pointer-events-none disabled:opacity-50 aria-disabled:pointer-events-none aria-disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "border-transparent bg-primary text-primary-foreground shadow-xs hover:bg-primary-hover",
        secondary: "border-input bg-card shadow-xs hover:bg-accent dark:bg-muted dark:hover:bg-accent",
        soft: "border-transparent bg-primary-soft text-primary-soft-foreground hover:bg-primary-soft/70",
        ghost: "border-transparent text-muted-foreground hover:bg-accent hover:text-foreground",
        destructive:
          "border-transparent bg-destructive text-white shadow-xs hover:bg-destructive/88 dark:text-canvas",
        link: "h-auto border-transparent px-0 text-primary underline-offset-4 hover:underline",
      },
      size: {
        xs: "h-6 gap-1 rounded-sm px-2 text-xs [&_svg]:size-3.5",
        sm: "h-7 gap-1.5 rounded-md px-2.5 text-xs [&_svg]:size-3.5",
        md: "h-8 gap-2 rounded-md px-3 text-sm",
        lg: "h-10 gap-2 rounded-lg px-4 text-md",
        icon: "size-8 rounded-md",
        "icon-sm": "size-7 rounded-md",
      },
    },
    compoundVariants: [{ variant: "link", className: "h-auto px-0" }],
    defaultVariants: { variant: "secondary", size: "md" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonVariants> {
  /** Render the child (a link) with the button's looks. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks, keeping the label for screen readers. */
  loading?: boolean;
}

/** The one button. Secondary by default: a screen has one primary. */
export function Button({
  variant,
  size,
  asChild,
  loading,
  className,
  children,
  disabled,
  ...props
}: ButtonProps) {
  const classes = cn(buttonVariants({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type="button"
      className={classes}
      disabled={disabled || loading}
      aria-busy={loading || undefined}
      {...props}
    >
      {loading && <Spinner />}
      {children}
    </button>
  );
}
