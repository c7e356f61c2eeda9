import { Button } from "@aerostic/ui/button";
import { EmptyState } from "@aerostic/ui/empty-state";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { MessagesSquare } from "lucide-react";
import { useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { SearchBox } from "@/features/shell/search-box";
import { useTemplate } from "@/features/template/api/template";
import { type Template, useTemplates } from "@/features/template/api/templates";
import { QualityBadge } from "@/features/template/badges";
import { languageName } from "@/features/template/languages";
import { toPreview } from "@/features/template/preview";
import { categories } from "@/features/template/status";
import { useLive } from "@/lib/use-live";
import { usePagedRows } from "@/lib/use-paged-rows";
import { LanguageChoice } from "./language-choice";
import type { DraftContent } from "./steps";

interface TemplateStepProps {
  content: DraftContent;
  change: (part: Partial<DraftContent>) => void;
  tried: boolean;
}

/** The approved templates of the number's account, and how the chosen one looks. */
export function TemplateStep({ content, change, tried }: TemplateStepProps) {
  const [q, setQ] = useState("");
  const channel = useChannels().data?.items.find(({ id }) => id === content.channelId);
  const query = useTemplates(
    { q: q || undefined, status: "APPROVED", wabaId: channel?.wabaId },
    { enabled: channel !== undefined },
  );
  useLive("templates", () => query.refetch());
  const { rows, loading, error, hasMore, loadingMore, onLoadMore, onRetry } = usePagedRows(query);
  const chosen = useTemplate(content.templateId).data;
  // What was chosen stays in sight, also when the search no longer finds it.
  const list =
    chosen && !q && !loading && !rows.some(({ id }) => id === chosen.id) ? [chosen, ...rows] : rows;

  return (
    <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <div className="flex min-w-0 flex-col gap-3">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <SearchBox label="Search templates" value={q} onChange={setQ} />
          <Button asChild variant="ghost" size="sm">
            <Link to="/templates/new">Write a new template</Link>
          </Button>
        </div>
        {tried && !content.templateId && (
          <p role="alert" className="text-destructive text-xs">
            Choose a template.
          </p>
        )}
        <ProblemAlert error={error} onRetry={onRetry} />
        {loading && <Skeleton className="h-20 rounded-xl" />}
        {!loading && !error && list.length === 0 && <Nothing searching={q !== ""} />}
        <RadioGroup
          aria-label="Template"
          value={content.templateId ?? ""}
          onValueChange={(templateId) => change({ templateId, byLanguage: false, mapping: [] })}
          className="gap-2.5"
        >
          {list.map((template) => (
            <RadioCard
              key={template.id}
              value={template.id}
              label={template.name}
              hint={<TemplateHint template={template} />}
            />
          ))}
        </RadioGroup>
        {chosen && <LanguageChoice template={chosen} content={content} change={change} />}
        {hasMore && (
          <Button className="self-center" loading={loadingMore} onClick={onLoadMore}>
            Show more
          </Button>
        )}
      </div>
      <aside className="flex flex-col items-center gap-2 max-lg:order-first lg:sticky lg:top-5 lg:items-stretch">
        {chosen?.preview ? (
          <PhonePreview
            sender={channel?.verifiedName || "Your business"}
            message={toPreview(chosen.preview)}
          />
        ) : (
          <p className="rounded-2xl border border-dashed p-8 text-center text-muted-foreground max-lg:hidden">
            Choose a template to see it on a phone
          </p>
        )}
        {chosen?.preview && (
          <p className="text-center text-muted-foreground text-xs">Filled with the template's examples</p>
        )}
      </aside>
    </div>
  );
}

function TemplateHint({ template }: { template: Template }) {
  return (
    <span className="flex flex-col gap-1">
      <span dir="auto" className="line-clamp-2">
        {template.body}
      </span>
      <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
        {categories[template.category]} · {languageName(template.language)}
        {template.quality !== "UNKNOWN" && template.quality !== "GREEN" && (
          <QualityBadge quality={template.quality} />
        )}
      </span>
    </span>
  );
}

function Nothing({ searching }: { searching: boolean }) {
  return (
    <EmptyState
      icon={MessagesSquare}
      title={searching ? "No approved template begins so" : "No approved template yet"}
      action={
        !searching && (
          <>
            <Button asChild>
              <Link to="/templates">See all templates</Link>
            </Button>
            <Button asChild variant="primary">
              <Link to="/templates/new">New template</Link>
            </Button>
          </>
        )
      }
    >
      {searching
        ? "The search looks at the beginning of the name."
        : "A campaign sends a template that WhatsApp has approved. Write one, or sync those you have; your draft stays here."}
    </EmptyState>
  );
}
