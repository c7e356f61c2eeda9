import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Combobox } from "@aerostic/ui/combobox";
import { Field } from "@aerostic/ui/field";
import { cn } from "@aerostic/ui/lib/cn";
import { formatBytes } from "@aerostic/ui/lib/format";
import { ArrowRight } from "lucide-react";
import { useMemo } from "react";
import type { Import } from "./api/list";
import { countryOptions } from "./countries";
import { type ColumnChoice, choose, ignore, mappingProblem, samples } from "./mapping";
import { PreviewTable } from "./preview-table";
import { TargetPicker } from "./target-picker";

interface ColumnsStepProps {
  upload: Import;
  /** The preview is being read again. */
  reading: boolean;
  choices: ColumnChoice[];
  onChoices: (choices: ColumnChoice[]) => void;
  country: string;
  onCountry: (country: string) => void;
  hasHeader: boolean;
  onHasHeader: (hasHeader: boolean) => void;
  onNext: () => void;
}

const encodings: Record<string, string> = { "utf-8": "UTF-8", "windows-1252": "Windows-1252" };

/** What each column of the file becomes, with samples, and the first rows as they would be imported. */
export function ColumnsStep(props: ColumnsStepProps) {
  const { upload, choices, onChoices } = props;
  const countries = useMemo(countryOptions, []);
  const problem = mappingProblem(choices);
  const rows = upload.preview?.rows ?? [];
  const problems = upload.preview?.problems ?? [];

  return (
    <>
      {problems.map((sentence) => (
        <Alert key={sentence} tone="warning" title={sentence} />
      ))}
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Card>
          <CardHeader
            title="What is in each column?"
            description="Guessed from the titles and the cells. Change what is not right."
            divided
          />
          <ul>
            {upload.columns.map((column, index) => (
              <ColumnRow
                // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place in the file
                key={index}
                name={column.name}
                index={index}
                samples={samples(rows, index)}
                choice={choices[index] ?? { target: ignore }}
                onChange={(choice) => onChoices(choose(choices, index, choice))}
              />
            ))}
          </ul>
        </Card>
        <Card className="flex flex-col gap-4 p-4">
          <Field label="Country of the numbers" hint="How numbers without a country code are read">
            <Combobox
              options={countries}
              value={props.country}
              onValueChange={props.onCountry}
              search="Search countries"
              placeholder="Choose a country"
            />
          </Field>
          <CheckboxField
            label="The first row holds titles"
            hint="Off when the very first row is a person"
            checked={props.hasHeader}
            onCheckedChange={(on) => props.onHasHeader(on === true)}
          />
          <p className="border-t pt-3 text-muted-foreground text-xs">
            {formatBytes(upload.size)} · {encodings[upload.encoding] ?? upload.encoding} ·{" "}
            {upload.delimiter === "\t" ? "tabs" : `“${upload.delimiter}”`} between cells
          </p>
        </Card>
      </div>
      <PreviewTable upload={upload} choices={choices} reading={props.reading} />
      <div className="flex items-center justify-end gap-3">
        {problem && (
          <p role="alert" className="text-destructive text-sm">
            {problem}
          </p>
        )}
        <Button variant="primary" disabled={problem !== undefined} onClick={props.onNext}>
          Continue <ArrowRight />
        </Button>
      </div>
    </>
  );
}

interface ColumnRowProps {
  name: string;
  index: number;
  samples: string[];
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

function ColumnRow({ name, index, samples: found, choice, onChange }: ColumnRowProps) {
  return (
    <li className="grid items-center gap-x-4 gap-y-1.5 border-b px-4 py-2.5 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_auto_15rem]">
      <div className={cn("min-w-0", choice.target === ignore && "opacity-60")}>
        <p className="truncate font-medium text-sm" dir="auto">
          {name.trim() || `Column ${index + 1}`}
        </p>
        <p className="truncate text-muted-foreground text-xs" dir="auto">
          {found.length > 0 ? found.join(" · ") : "Empty in the first rows"}
        </p>
      </div>
      <ArrowRight aria-hidden className="size-4 text-muted-foreground max-sm:hidden" />
      <TargetPicker name={name} index={index} choice={choice} onChange={onChange} />
    </li>
  );
}
