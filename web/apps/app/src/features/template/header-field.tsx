import { Field } from "@aerostic/ui/field";
import { FileDrop } from "@aerostic/ui/file-drop";
import { Input } from "@aerostic/ui/input";
import { placeholdersOf } from "@aerostic/ui/lib/whatsapp-text";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { useState } from "react";
import { useUploadSample } from "./api/upload-sample";
import type { HeaderFormat, TemplateForm } from "./draft";
import { Counter } from "./form-parts";

type Header = TemplateForm["header"];

interface HeaderFieldProps {
  header: Header;
  onChange: (change: Partial<Header>) => void;
  channelId: string;
  /** The chosen sample, for the preview; undefined takes it away. */
  onSample: (file: File | undefined) => void;
  onLeave: () => void;
}

const formats: { value: HeaderFormat; label: string; hint?: string }[] = [
  { value: "NONE", label: "None" },
  { value: "TEXT", label: "Text" },
  { value: "IMAGE", label: "Image" },
  { value: "VIDEO", label: "Video" },
  { value: "DOCUMENT", label: "Document" },
  { value: "LOCATION", label: "Location" },
];

/** What stands above the text: a line, a picture, a film, a file or a place. */
export function HeaderField({ header, onChange, channelId, onSample, onLeave }: HeaderFieldProps) {
  const media = header.format === "IMAGE" || header.format === "VIDEO" || header.format === "DOCUMENT";
  return (
    <div className="flex flex-col gap-3">
      <Field label="Header" optional>
        <Select
          value={header.format}
          options={formats}
          onValueChange={(format) => {
            onSample(undefined);
            onChange({ format: format as HeaderFormat, handle: "" });
          }}
        />
      </Field>
      {header.format === "TEXT" && <HeaderText header={header} onChange={onChange} onLeave={onLeave} />}
      {media && (
        <HeaderSample
          key={header.format}
          format={header.format as keyof typeof accepted}
          channelId={channelId}
          onHandle={(handle) => onChange({ handle })}
          onSample={onSample}
        />
      )}
      {header.format === "LOCATION" && (
        <p className="text-muted-foreground text-xs">Each campaign says which place it shows.</p>
      )}
    </div>
  );
}

function HeaderText({
  header,
  onChange,
  onLeave,
}: Pick<HeaderFieldProps, "header" | "onChange" | "onLeave">) {
  const [variable] = placeholdersOf(header.text);
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field label="Header text" action={<Counter text={header.text} limit={60} />}>
        <Input
          dir="auto"
          value={header.text}
          onChange={(event) => onChange({ text: event.target.value })}
          onBlur={onLeave}
        />
      </Field>
      {variable && (
        <Field label={`Example for {{${variable}}}`}>
          <Input
            dir="auto"
            value={header.example}
            onChange={(event) => onChange({ example: event.target.value })}
            onBlur={onLeave}
          />
        </Field>
      )}
    </div>
  );
}

const megabyte = 2 ** 20;
const accepted = {
  IMAGE: { accept: "image/jpeg,image/png", hint: "JPEG or PNG, up to 5 MB", maxBytes: 5 * megabyte },
  VIDEO: { accept: "video/mp4", hint: "MP4, up to 16 MB", maxBytes: 16 * megabyte },
  DOCUMENT: { accept: "application/pdf", hint: "PDF, up to 16 MB", maxBytes: 16 * megabyte },
};

interface HeaderSampleProps {
  format: keyof typeof accepted;
  channelId: string;
  onHandle: (handle: string) => void;
  onSample: (file: File | undefined) => void;
}

function HeaderSample({ format, channelId, onHandle, onSample }: HeaderSampleProps) {
  const [file, setFile] = useState<File>();
  const upload = useUploadSample();
  const send = async (chosen: File | undefined) => {
    setFile(chosen);
    onSample(chosen);
    onHandle("");
    upload.reset();
    if (!chosen) return;
    const sample = await upload.mutateAsync({ channelId, file: chosen }).catch(() => undefined);
    if (sample) onHandle(sample.handle);
  };
  return (
    <div className="flex flex-col gap-2">
      <FileDrop
        label="Drop a sample here"
        hint={`${accepted[format].hint}. Meta's reviewers look at it; campaigns choose their own.`}
        accept={accepted[format].accept}
        maxBytes={accepted[format].maxBytes}
        file={file}
        onFile={(chosen) => void send(chosen)}
        progress={upload.isPending ? (upload.progress ?? 0) : undefined}
        disabled={!channelId || upload.isPending}
      />
      <ProblemAlert error={upload.error} onRetry={() => void send(file)} />
      {upload.isSuccess && (
        <p role="status" className="text-success text-xs">
          Uploaded to WhatsApp
        </p>
      )}
      {!channelId && <p className="text-muted-foreground text-xs">Choose the number first.</p>}
    </div>
  );
}
