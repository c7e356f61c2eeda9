import { Button } from "@aerostic/ui/button";
import { formatBytes } from "@aerostic/ui/lib/format";
import { Skeleton } from "@aerostic/ui/skeleton";
import { WhatsAppText } from "@aerostic/ui/whatsapp-text";
import { Download, FileText, ImageOff, Play, X } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { saveMedia, useMediaUrl } from "../api/media";
import type { Content, MediaKind } from "../content";
import type { Media } from "../model";
import { Voice } from "./voice";

type MediaContent = Omit<Extract<Content, { is: "media" }>, "is">;

/** A picture, film, file, sticker or voice note with its caption. */
export function MediaView({ content, file }: { content: MediaContent; file?: Media }) {
  return (
    <span className="flex flex-col gap-1.5">
      {file ? <File content={content} file={file} /> : <Missing media={content.media} />}
      {content.caption && <WhatsAppText links text={content.caption} />}
    </span>
  );
}

const names: Record<MediaKind, string> = {
  image: "Photo",
  video: "Video",
  audio: "Voice message",
  document: "Document",
  sticker: "Sticker",
};

function File({ content: { media, name, voice }, file }: { content: MediaContent; file: Media }) {
  if (file.state === "pending") return <Fetching media={media} />;
  if (file.state !== "stored") return <Missing media={media} reason={file.reason} />;
  switch (media) {
    case "image":
      return <Picture file={file} className="max-h-80 w-72 max-w-full rounded-lg object-cover" />;
    case "sticker":
      return <Picture file={file} className="size-32 object-contain" />;
    case "video":
      return <Film file={file} />;
    case "audio":
      return <Voice file={file} voice={voice} />;
    case "document":
      return <Document file={file} name={name ?? file.name} />;
  }
}

function Fetching({ media }: { media: MediaKind }) {
  return (
    <span className="flex items-center gap-2 text-muted-foreground text-sm">
      <Skeleton className="size-8 rounded-md" /> Fetching the {names[media].toLowerCase()} from WhatsApp
    </span>
  );
}

function Missing({ media, reason }: { media: MediaKind; reason?: string }) {
  return (
    <span className="flex items-center gap-2 text-muted-foreground text-sm">
      <ImageOff aria-hidden className="size-4 shrink-0" />
      {reason || `${names[media]} that could not be fetched. Ask for it again.`}
    </span>
  );
}

/** Loads once it comes near the window. */
function Picture({ file, className }: { file: Media; className: string }) {
  const place = useRef<HTMLSpanElement>(null);
  const [near, setNear] = useState(false);
  const [large, setLarge] = useState(false);
  const url = useMediaUrl(file, near);
  useEffect(() => {
    if (!place.current || near) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && setNear(true), {
      rootMargin: "400px",
    });
    watch.observe(place.current);
    return () => watch.disconnect();
  }, [near]);
  return (
    <span ref={place} className="block">
      {url ? (
        <button
          type="button"
          className="focus-ring block rounded-lg border border-transparent"
          onClick={() => setLarge(true)}
        >
          <img src={url} alt={file.name ?? "Sent in this conversation"} className={className} />
        </button>
      ) : (
        <Skeleton className="h-44 w-72 max-w-full rounded-lg" />
      )}
      {url && large && <Lightbox url={url} file={file} onClose={() => setLarge(false)} />}
    </span>
  );
}

/** The picture over the whole window; any click or Escape closes it. */
function Lightbox({ url, file, onClose }: { url: string; file: Media; onClose: () => void }) {
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog
      ref={box}
      aria-label={file.name ?? "Picture"}
      onClose={onClose}
      className="m-auto max-h-dvh max-w-[100vw] bg-transparent p-4 backdrop:bg-overlay"
    >
      <button
        type="button"
        onClick={onClose}
        aria-label="Close the picture"
        className="focus-ring block rounded-lg"
      >
        <img src={url} alt="" className="max-h-[85dvh] max-w-full rounded-lg" />
      </button>
      <span className="mt-2 flex gap-2">
        <Button onClick={() => saveMedia(file)}>
          <Download /> Save
        </Button>
        <Button onClick={onClose}>
          <X /> Close
        </Button>
      </span>
    </dialog>
  );
}

function Film({ file }: { file: Media }) {
  const [wanted, setWanted] = useState(false);
  const url = useMediaUrl(file, wanted);
  if (url) {
    return (
      // biome-ignore lint/a11y/useMediaCaption: what people send has no captions
      <video src={url} controls autoPlay className="max-h-80 w-72 max-w-full rounded-lg" />
    );
  }
  return (
    <Wide label={wanted ? "Loading the video" : "Play the video"} onClick={() => setWanted(true)}>
      <Play aria-hidden className="size-6" />
      <span className="text-xs">{formatBytes(file.size)}</span>
    </Wide>
  );
}

function Wide({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="focus-ring flex h-40 w-72 max-w-full flex-col items-center justify-center gap-1 rounded-lg border border-transparent bg-foreground/8 text-muted-foreground hover:text-foreground"
    >
      {children}
    </button>
  );
}

function Document({ file, name = "Document" }: { file: Media; name?: string }) {
  const ending = name.includes(".") ? name.slice(name.lastIndexOf(".") + 1).toUpperCase() : "";
  return (
    <span className="flex min-w-56 items-center gap-3 rounded-lg bg-foreground/5 px-2.5 py-2">
      <FileText aria-hidden className="size-6 shrink-0 text-muted-foreground" />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate font-medium text-sm">{name}</bdi>
        <span className="block text-muted-foreground text-xs">
          {[ending, formatBytes(file.size)].filter(Boolean).join(" · ")}
        </span>
      </span>
      <Button
        variant="ghost"
        size="icon-sm"
        aria-label={`Save ${name}`}
        onClick={() => saveMedia({ ...file, name })}
      >
        <Download />
      </Button>
    </span>
  );
}
