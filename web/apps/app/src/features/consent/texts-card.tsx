import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { useState } from "react";
import { useSaveConsentSettings } from "./api/save-settings";
import type { ConsentSettings } from "./api/settings";

const places = [
  { key: "intro", label: "Introduction" },
  { key: "marketing", label: "What offers are" },
  { key: "utility", label: "What updates are" },
] as const;

/** What the preference page says, in English and Hindi. */
export function TextsCard({ settings, canWrite }: { settings: ConsentSettings; canWrite: boolean }) {
  const [texts, setTexts] = useState(settings.texts);
  const save = useSaveConsentSettings();
  const changed = JSON.stringify(texts) !== JSON.stringify(settings.texts);
  const submit = () =>
    save.mutate({ body: { ...settings, texts } }, { onSuccess: () => toast.success("Texts saved") });
  return (
    <Card>
      <CardHeader
        title="Texts of the preference page"
        description="What people read beside each choice; it is kept with their answer. Empty: our own words. %s stands for your workspace's name."
      />
      <CardBody>
        <fieldset disabled={!canWrite} className="grid gap-4 sm:grid-cols-2">
          <legend className="sr-only">Texts</legend>
          {places.flatMap(({ key, label }) =>
            (["en", "hi"] as const).map((lang) => (
              <Field key={key + lang} label={`${label} (${lang === "en" ? "English" : "हिन्दी"})`} optional>
                <Textarea
                  lang={lang}
                  maxLength={500}
                  value={texts[key][lang]}
                  onChange={(event) =>
                    setTexts({ ...texts, [key]: { ...texts[key], [lang]: event.target.value } })
                  }
                />
              </Field>
            )),
          )}
          <ProblemAlert error={save.error} className="sm:col-span-2" />
        </fieldset>
      </CardBody>
      {canWrite && (
        <CardFooter>
          <Button variant="primary" loading={save.isPending} disabled={!changed} onClick={submit}>
            Save texts
          </Button>
        </CardFooter>
      )}
    </Card>
  );
}
