import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useDefaultWords } from "./api/default-words";
import { useSaveConsentSettings } from "./api/save-settings";
import type { ConsentSettings, Language } from "./api/settings";
import { readWords, replaceWords, showWords } from "./words";

/** STOP and START words, by language. A message must be one of them whole. */
export function WordsCard({ settings, canWrite }: { settings: ConsentSettings; canWrite: boolean }) {
  const [words, setWords] = useState<Language[]>(settings.words);
  const save = useSaveConsentSettings();
  const defaults = useDefaultWords();
  const changed = JSON.stringify(words) !== JSON.stringify(settings.words);
  const submit = () =>
    save.mutate(
      { body: { ...settings, words } },
      {
        onSuccess: (saved) => {
          setWords(saved.words);
          toast.success("Words saved");
        },
      },
    );
  const restore = async () => {
    const { data } = await defaults.refetch();
    if (data) setWords(data.items);
  };
  return (
    <Card>
      <CardHeader
        title="Words that stop and start"
        description="The whole message must be one of them, whatever the case, accents or emoji. Separate words by commas."
      />
      <CardBody>
        <fieldset disabled={!canWrite} className="flex flex-col gap-5">
          <legend className="sr-only">Words by language</legend>
          {words.map((language, at) => (
            <LanguageFields
              // biome-ignore lint/suspicious/noArrayIndexKey: a language has no id, and its name is being typed
              key={at}
              language={language}
              onChange={(change) => setWords(replaceWords(words, at, change))}
              onRemove={() => setWords(words.filter((_, i) => i !== at))}
            />
          ))}
          <ProblemAlert error={save.error} />
        </fieldset>
      </CardBody>
      {canWrite && (
        <CardFooter className="flex-wrap">
          <Button
            className="mr-auto"
            onClick={() => setWords([...words, { language: "", stop: [], start: [] }])}
          >
            <Plus /> Add a language
          </Button>
          <Button loading={defaults.isFetching} onClick={restore}>
            Back to the defaults
          </Button>
          <Button variant="primary" loading={save.isPending} disabled={!changed} onClick={submit}>
            Save words
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}

interface LanguageProps {
  language: Language;
  onChange: (change: Partial<Language>) => void;
  onRemove: () => void;
}

function LanguageFields({ language, onChange, onRemove }: LanguageProps) {
  const name = language.language || "this language";
  return (
    <div className="grid gap-3 sm:grid-cols-[9rem_1fr_1fr]">
      <Field
        label="Language"
        action={
          <button
            type="button"
            className="focus-ring rounded"
            aria-label={`Remove ${name}`}
            onClick={onRemove}
          >
            <Trash2 className="size-3.5" />
          </button>
        }
      >
        <Input
          value={language.language}
          maxLength={40}
          dir="auto"
          onChange={(event) => onChange({ language: event.target.value })}
        />
      </Field>
      <WordsField label="Stop" of={name} words={language.stop} onChange={(stop) => onChange({ stop })} />
      <WordsField label="Start" of={name} words={language.start} onChange={(start) => onChange({ start })} />
    </div>
  );
}

function WordsField({
  label,
  of,
  words,
  onChange,
}: {
  label: string;
  of: string;
  words: string[];
  onChange: (words: string[]) => void;
}) {
  const [text, setText] = useState(showWords(words));
  const shown = readWords(text).join() === words.join() ? text : showWords(words);
  return (
    <Field label={label}>
      <Textarea
        aria-label={`${label}, ${of}`}
        className="min-h-16"
        dir="auto"
        value={shown}
        onChange={(event) => {
          setText(event.target.value);
          onChange(readWords(event.target.value));
        }}
      />
    </Field>
  );
}
