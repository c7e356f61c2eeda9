import { Stepper } from "@aerostic/ui/stepper";

const steps = [
  { id: "file", title: "File" },
  { id: "columns", title: "Columns" },
  { id: "options", title: "Options" },
  { id: "import", title: "Import" },
];

export type ImportStep = "file" | "columns" | "options" | "import";

export function ImportSteps({
  current,
  onSelect,
}: {
  current: ImportStep;
  onSelect?: (step: ImportStep) => void;
}) {
  return (
    <Stepper
      label="Import contacts"
      steps={steps}
      current={current}
      onSelect={onSelect && ((step) => onSelect(step as ImportStep))}
    />
  );
}
