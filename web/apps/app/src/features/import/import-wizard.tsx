import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useWorkspace } from "@/features/settings/api/workspace";
import { useImport } from "./api/get";
import type { Import } from "./api/list";
import { ColumnsStep } from "./columns-step";
import { type ImportStep, ImportSteps } from "./import-steps";
import { choicesOf, phoneColumn } from "./mapping";
import { OptionsStep } from "./options-step";

/** From the uploaded file to the start: what each column is, then what happens to the people in it. */
export function ImportWizard({ uploaded }: { uploaded: Import }) {
  const navigate = useNavigate();
  const { data: workspace } = useWorkspace();
  const [step, setStep] = useState<ImportStep>("columns");
  const [choices, setChoices] = useState(() => choicesOf(uploaded.columns));
  const [country, setCountry] = useState<string>();
  const [hasHeader, setHasHeader] = useState(uploaded.hasHeader);

  // The rows are read again as they would be imported with these choices.
  const seen = useImport(uploaded.id, {
    country,
    phoneColumn: phoneColumn(choices),
    hasHeader: hasHeader ? "true" : "false",
  });
  const shown = seen.data?.preview ? seen.data : uploaded;

  // Without its titles a file is guessed by its cells alone, so the choices begin anew.
  const [guessedWith, setGuessedWith] = useState(uploaded.hasHeader);
  useEffect(() => {
    if (seen.isPlaceholderData || seen.data?.hasHeader !== hasHeader || guessedWith === hasHeader) return;
    setGuessedWith(hasHeader);
    setChoices(choicesOf(seen.data.columns));
  }, [seen.data, seen.isPlaceholderData, hasHeader, guessedWith]);

  return (
    <>
      <ImportSteps
        current={step}
        onSelect={(to) => (to === "file" ? navigate({ to: "/contacts/import" }) : setStep(to))}
      />
      {step === "options" ? (
        <OptionsStep
          upload={shown}
          choices={choices}
          country={country}
          hasHeader={hasHeader}
          onBack={() => setStep("columns")}
        />
      ) : (
        <ColumnsStep
          upload={shown}
          reading={seen.isFetching}
          choices={choices}
          onChoices={setChoices}
          country={country ?? workspace?.country ?? ""}
          onCountry={setCountry}
          hasHeader={hasHeader}
          onHasHeader={setHasHeader}
          onNext={() => setStep("options")}
        />
      )}
    </>
  );
}
