import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { Combobox } from "@aerostic/ui/combobox";
import { Link, useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import type { TemplateDetail } from "./api/template";
import { TemplateStatusBadge } from "./badges";
import { languageName, languageOptions } from "./languages";

/** The template's versions: a campaign may send each contact the one in its language. */
export function LanguagesCard({ template }: { template: TemplateDetail }) {
  const mayWrite = useCan("template.write");
  const versions = template.languages ?? [];
  return (
    <Card>
      <CardHeader
        title="Languages"
        description="A campaign can send each contact the version in its own language"
      />
      <CardBody className="flex flex-col gap-3">
        <ul className="flex flex-col gap-1">
          {versions.map(({ id, language, status }) => (
            <li key={id} className="flex items-center justify-between gap-3">
              {id === template.id ? (
                <span className="font-medium text-sm">{languageName(language)}</span>
              ) : (
                <Link
                  to="/templates/$id"
                  params={{ id }}
                  className="focus-ring rounded-sm border border-transparent text-primary text-sm hover:underline"
                >
                  {languageName(language)}
                </Link>
              )}
              <TemplateStatusBadge status={status} />
            </li>
          ))}
        </ul>
        {mayWrite && template.draft && <AddLanguage template={template} />}
      </CardBody>
    </Card>
  );
}

function AddLanguage({ template }: { template: TemplateDetail }) {
  const [language, setLanguage] = useState<string>();
  const navigate = useNavigate();
  const taken = new Set(template.languages?.map((version) => version.language));
  return (
    <div className="flex gap-2">
      <Combobox
        aria-label="Another language"
        className="min-w-0 flex-1"
        placeholder="Another language"
        search="Search languages"
        value={language}
        onValueChange={setLanguage}
        options={languageOptions.filter(({ value }) => !taken.has(value))}
      />
      <Button
        disabled={!language}
        onClick={() => void navigate({ to: "/templates/new", search: { from: template.id, language } })}
      >
        <Plus /> Write
      </Button>
    </div>
  );
}
