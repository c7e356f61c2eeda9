import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button, type ButtonProps } from "./button";

interface CopyButtonProps extends Omit<ButtonProps, "onClick" | "value"> {
  value: string;
  /** What is copied: "Copy {what}". */
  what: string;
}

/** An icon button; with children, a labelled one. Shows a tick for two seconds. */
export function CopyButton({ value, what, children, ...props }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    setCopied(true);
  };
  return (
    <Button
      variant={children ? "secondary" : "ghost"}
      size={children ? "md" : "icon-sm"}
      aria-label={children ? undefined : `Copy ${what}`}
      onClick={copy}
      {...props}
    >
      {copied ? <Check className="text-success" /> : <Copy />}
      {children}
      <span aria-live="polite" className="sr-only">
        {copied ? `${what} copied` : ""}
      </span>
    </Button>
  );
}
