import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "../lib/cn";

const tones = {
  info: { icon: Info, className: "border-info/25 bg-info-soft [&>svg]:text-info" },
  success: { icon: CircleCheck, className: "border-success/25 bg-success-soft [&>svg]:text-success" },
  warning: { icon: TriangleAlert, className: "border-warning/25 bg-warning-soft [&>svg]:text-warning" },
  danger: {
    icon: CircleAlert,
    className: "border-destructive/25 bg-destructive-soft [&>svg]:text-destructive",
  },
};

interface AlertProps {
  tone?: keyof typeof tones;
  title: ReactNode;
  /** What to do about it. */
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}

/** A message that stays in the page. Red ones are announced at once. */
export function Alert({ tone = "info", title, children, action, className }: AlertProps) {
  const { icon: Icon, className: toneClasses } = tones[tone];
  return (
    <div
      role={tone === "danger" ? "alert" : "status"}
      className={cn("flex items-start gap-2.5 rounded-lg border px-3 py-2.5 text-sm", toneClasses, className)}
    >
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{title}</p>
        {children && <div className="mt-0.5 text-foreground/80">{children}</div>}
      </div>
      {action && <div className="shrink-0">{action}</div>}
    </div>
  );
}
