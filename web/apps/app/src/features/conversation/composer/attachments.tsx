import { Button } from "@aerostic/ui/button";
import { formatBytes } from "@aerostic/ui/lib/format";
import { Progress } from "@aerostic/ui/progress";
import { FileText, Film, Mic, X } from "lucide-react";
import { useEffect, useState } from "react";
import { fileProblem, kindOf } from "./compose";

/** A file that goes with the next message. */
export interface Attachment {
  key: string;
  file: File;
  voice?: boolean;
  /** 0 to 1 while it is uploaded. */
  progress?: number;
  problem?: string;
}

let made = 0;

export function attach(files: Iterable<File>, voice = false): Attachment[] {
  return [...files].map((file) => ({ key: `file ${++made}`, file, voice, problem: fileProblem(file) }));
}

interface AttachmentsProps {
  files: Attachment[];
  onRemove: (key: string) => void;
}

/** The files above the text, which is the caption of the first. */
export function Attachments({ files, onRemove }: AttachmentsProps) {
  if (files.length === 0) return null;
  return (
    <ul aria-label="Attachments" className="scroll-pane flex gap-2 px-3 pt-3">
      {files.map((one) => (
        <li key={one.key} className="relative w-40 shrink-0 rounded-lg border bg-card p-2">
          <Preview attachment={one} />
          <p className="mt-1.5 truncate font-medium text-xs" dir="auto">
            {one.voice ? "Voice message" : one.file.name}
          </p>
          <p className="truncate text-2xs text-muted-foreground">{formatBytes(one.file.size)}</p>
          {one.progress !== undefined && (
            <Progress value={one.progress} max={1} label="Uploaded" className="mt-1" />
          )}
          {one.problem && <p className="mt-1 text-2xs text-destructive">{one.problem}</p>}
          <Button
            size="icon-sm"
            aria-label={`Remove ${one.file.name}`}
            onClick={() => onRemove(one.key)}
            className="absolute top-1 right-1 size-6 rounded-full"
          >
            <X />
          </Button>
        </li>
      ))}
    </ul>
  );
}

function Preview({ attachment: { file, voice } }: { attachment: Attachment }) {
  const url = useLocalUrl(file);
  const kind = kindOf(file);
  if (kind === "image" || kind === "sticker") {
    return url && <img src={url} alt="" className="h-20 w-full rounded-md object-cover" />;
  }
  // biome-ignore lint/a11y/useMediaCaption: one hears what one has just said
  if (voice) return url && <audio src={url} controls className="h-20 w-full" aria-label="Listen to it" />;
  const Icon = kind === "video" ? Film : kind === "audio" ? Mic : FileText;
  return (
    <span className="flex h-20 items-center justify-center rounded-md bg-muted text-muted-foreground">
      <Icon aria-hidden className="size-7" />
    </span>
  );
}

function useLocalUrl(file: File): string | undefined {
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
