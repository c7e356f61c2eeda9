import { Field } from "@aerostic/ui/field";
import { FileDrop } from "@aerostic/ui/file-drop";
import { Input } from "@aerostic/ui/input";
import { placeholdersOf } from "@aerostic/ui/lib/whatsapp-text";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Select } from "@aerostic/ui/select";
import { useState } from "react";
import { useUploadSample } from "./api/upload-sample";
import type { HeaderForm, HeaderFormat } from "./form";
import { Counter } from "./form-parts";

interface HeaderFieldProps {
  header: HeaderForm;
  onChange: (change: Partial<HeaderForm>) => void;
  channelId: string;
  /** What may stand there; all that there is, if not given. */
  allowed?: HeaderFormat[];
  onLeave: () => void;
}

const labels: Record<HeaderFormat, string> = {
  NONE: "None",
  TEXT: "Text",
  IMAGE: "Image",
  VIDEO: "Video",
  GIF: "Moving picture",
  DOCUMENT: "Document",
  LOCATION: "Location",
  PRODUCT: "Product",
};
const everyFormat = Object.keys(labels) as HeaderFormat[];

/** What stands above the text: a line, a picture, a film, a file, a place or a product. */
export function HeaderField({
  header,
  onChange,
  channelId,
  allowed = everyFormat,
  onLeave,
}: HeaderFieldProps) {
  return (
    <div className="flex flex-col gap-3">
      <Field label="Header" optional={allowed.includes("NONE")}>
        <Select
          value={header.format}
          options={allowed.map((value) => ({ value, label: labels[value] }))}
          onValueChange={(format) => onChange({ format: format as HeaderFormat, sampleId: "", handle: "" })}
        />
      </Field>
      {header.format === "TEXT" && <HeaderText header={header} onChange={onChange} onLeave={onLeave} />}
      {header.format in accepted && (
        <HeaderSample
          key={header.format}
          format={header.format as keyof typeof accepted}
          channelId={channelId}
          uploaded={header.sampleId !== "" || header.handle !== ""}
          onUploaded={(sampleId) => onChange({ sampleId, handle: "" })}
        />
      )}
      {header.format === "LOCATION" && (
        <p className="text-muted-foreground text-xs">Each campaign says which place it shows.</p>
      )}
      {header.format === "PRODUCT" && (
        <p className="text-muted-foreground text-xs">Each campaign says which product of your catalogue.</p>
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
  GIF: { accept: "video/mp4", hint: "MP4, up to 3.5 MB", maxBytes: 3.5 * megabyte },
  DOCUMENT: { accept: "application/pdf", hint: "PDF, up to 16 MB", maxBytes: 16 * megabyte },
};

interface HeaderSampleProps {
  format: keyof typeof accepted;
  channelId: string;
  uploaded: boolean;
  onUploaded: (sampleId: string) => void;
}

function HeaderSample({ format, channelId, uploaded, onUploaded }: HeaderSampleProps) {
  const [file, setFile] = useState<File>();
  const upload = useUploadSample();
  const send = async (chosen: File | undefined) => {
    setFile(chosen);
    onUploaded("");
    upload.reset();
    if (!chosen) return;
    const sample = await upload.mutateAsync({ channelId, file: chosen }).catch(() => undefined);
    if (sample) onUploaded(sample.id);
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
      {upload.isPending && upload.progress === 1 && (
        <p role="status" className="text-muted-foreground text-xs">
          Handing it to WhatsApp…
        </p>
      )}
      {uploaded && !upload.isPending && (
        <p role="status" className="text-success text-xs">
          {file ? "Uploaded to WhatsApp" : "The sample is at WhatsApp. Drop another to replace it."}
        </p>
      )}
      {!channelId && <p className="text-muted-foreground text-xs">Choose the number first.</p>}
    </div>
  );
}
