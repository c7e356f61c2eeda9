import { FileText, Upload, X } from "lucide-react";
import { type DragEvent, type ReactNode, useId, useState } from "react";
import { cn } from "../lib/cn";
import { formatBytes } from "../lib/format";
import { Button } from "./button";
import { Progress } from "./progress";

interface FileDropProps {
  /** What to drop: "Drop a CSV file here". */
  label: string;
  hint?: ReactNode;
  /** As for <input accept>: ".csv,text/csv". */
  accept?: string;
  maxBytes?: number;
  file?: File;
  onFile: (file: File | undefined) => void;
  /** 0 to 1 while uploading. */
  progress?: number;
  error?: ReactNode;
  disabled?: boolean;
}

/** Takes one file by drop or by the file dialog, and shows it with its upload. */
export function FileDrop({
  label,
  hint,
  accept,
  maxBytes,
  file,
  onFile,
  progress,
  error,
  disabled,
}: FileDropProps) {
  const id = useId();
  const [over, setOver] = useState(false);
  const [refused, setRefused] = useState<string>();
  const note = refused ?? error;

  const take = (next: File | undefined) => {
    if (!next) return;
    const reason = refusal(next, accept, maxBytes);
    setRefused(reason);
    if (!reason) onFile(next);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (!disabled) take(event.dataTransfer.files[0]);
  };

  if (file && !note)
    return (
      <ChosenFile file={file} progress={progress} onRemove={disabled ? undefined : () => onFile(undefined)} />
    );
  return (
    <div>
      <label
        htmlFor={id}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cn(
          "flex cursor-pointer flex-col items-center gap-1 rounded-xl border border-input border-dashed bg-muted/40 px-6 py-10 text-center transition-colors hover:bg-muted has-focus-visible:border-ring has-focus-visible:ring-3 has-focus-visible:ring-ring/25",
          over && "border-primary bg-primary-soft/50",
          Boolean(note) && "border-destructive",
          disabled && "pointer-events-none opacity-50",
        )}
      >
        <Upload aria-hidden className="mb-2 size-5 text-muted-foreground" />
        <span className="font-medium text-sm">
          {label} <span className="font-normal text-muted-foreground">or</span>{" "}
          <span className="text-primary underline underline-offset-4">choose a file</span>
        </span>
        {hint && <span className="text-muted-foreground text-xs">{hint}</span>}
        <input
          id={id}
          type="file"
          accept={accept}
          disabled={disabled}
          className="sr-only"
          aria-describedby={note ? `${id}-note` : undefined}
          onChange={(event) => take(event.target.files?.[0])}
        />
      </label>
      {note && (
        <p id={`${id}-note`} role="alert" className="mt-1.5 text-destructive text-xs">
          {note}
        </p>
      )}
    </div>
  );
}

function ChosenFile({ file, progress, onRemove }: { file: File; progress?: number; onRemove?: () => void }) {
  return (
    <div className="flex items-center gap-3 rounded-xl border px-4 py-3">
      <FileText aria-hidden className="size-5 shrink-0 text-muted-foreground" />
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium text-sm">{file.name}</p>
        <p className="text-muted-foreground text-xs">{formatBytes(file.size)}</p>
        {progress !== undefined && (
          <Progress value={progress} max={1} label={`Uploading ${file.name}`} className="mt-1.5" />
        )}
      </div>
      {onRemove && (
        <Button variant="ghost" size="icon-sm" aria-label={`Remove ${file.name}`} onClick={onRemove}>
          <X />
        </Button>
      )}
    </div>
  );
}

function refusal(file: File, accept?: string, maxBytes?: number): string | undefined {
  if (accept && !matches(file, accept))
    return `${file.name} is not of the right type. Choose ${accept.split(",")[0]}.`;
  if (maxBytes !== undefined && file.size > maxBytes) {
    return `${file.name} is ${formatBytes(file.size)}; at most ${formatBytes(maxBytes)} can be uploaded.`;
  }
  return undefined;
}

function matches(file: File, accept: string): boolean {
  return accept.split(",").some((raw) => {
    const kind = raw.trim().toLowerCase();
    if (kind.startsWith(".")) return file.name.toLowerCase().endsWith(kind);
    return kind.endsWith("/*") ? file.type.startsWith(kind.slice(0, -1)) : file.type === kind;
  });
}
