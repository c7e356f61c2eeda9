import { Alert } from "@aerostic/ui/alert";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Combobox } from "@aerostic/ui/combobox";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Select } from "@aerostic/ui/select";
import { CellStack } from "@aerostic/ui/table";
import { Link, useNavigate } from "@tanstack/react-router";
import { BarChart3, MessagesSquare, Plus, Search, X } from "lucide-react";
import { useEffect, useMemo } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageToolbar } from "@/features/shell/page";
import { SearchBox } from "@/features/shell/search-box";
import { useFormat } from "@/lib/format";
import { useLive } from "@/lib/use-live";
import { usePagedRows } from "@/lib/use-paged-rows";
import { type Template, type TemplateFilter, useTemplates } from "./api/templates";
import { QualityBadge, TemplateStatusBadge } from "./badges";
import { languageName, languageOptions } from "./languages";
import { categories, templateStatuses } from "./status";
import { SyncButton, SyncNote } from "./sync-button";
import { syncState } from "./sync-state";

const any = "any";

/** All templates with their standing at Meta. */
export function TemplatesScreen({ filter }: { filter: TemplateFilter }) {
  const mayWrite = useCan("template.write");
  const navigate = useNavigate();
  const query = useTemplates(filter);
  const sync = syncState(query.data?.pages[0]?.syncs);
  useLive("templates", () => query.refetch());
  useRefetchWhile(sync.running, query.refetch);
  const filtered = Object.values(filter).some(Boolean);
  const setFilter = (change: TemplateFilter) =>
    void navigate({ to: "/templates", search: { ...filter, ...change }, replace: true });

  return (
    <Page
      title="Templates"
      actions={
        <>
          <Button asChild>
            <Link to="/templates/performance" aria-label="Performance">
              <BarChart3 /> <span className="max-sm:hidden">Performance</span>
            </Link>
          </Button>
          {mayWrite && <SyncButton state={sync} />}
          {mayWrite && (
            <Button asChild variant="primary">
              <Link to="/templates/new" aria-label="New template">
                <Plus /> <span className="max-sm:hidden">New template</span>
              </Link>
            </Button>
          )}
        </>
      }
      toolbar={<Toolbar filter={filter} onChange={setFilter} note={<SyncNote state={sync} />} />}
    >
      {sync.errors.length > 0 && (
        <Alert tone="warning" title="The last sync did not finish" className="mx-4 mt-3">
          {sync.errors[0]}
        </Alert>
      )}
      <DataTable
        {...usePagedRows(query)}
        label="Templates"
        columns={useColumns()}
        rowId={({ id }) => id}
        onRowClick={({ id }) => void navigate({ to: "/templates/$id", params: { id } })}
        empty={
          filtered ? (
            <EmptyState
              icon={Search}
              title="No template fits"
              className="flex-1"
              action={
                <Button onClick={() => void navigate({ to: "/templates", search: {}, replace: true })}>
                  Clear filters
                </Button>
              }
            >
              The search looks at the beginning of the name.
            </EmptyState>
          ) : (
            <NoTemplates mayWrite={mayWrite} />
          )
        }
      />
    </Page>
  );
}

// News of a running sync comes over the websocket; this is for when it does not.
function useRefetchWhile(running: boolean, refetch: () => unknown) {
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => void refetch(), 2000);
    return () => clearInterval(timer);
  }, [running, refetch]);
}

function NoTemplates({ mayWrite }: { mayWrite: boolean }) {
  return (
    <EmptyState
      icon={MessagesSquare}
      title="No templates yet"
      className="flex-1"
      action={
        mayWrite && (
          <Button asChild variant="primary">
            <Link to="/templates/new">
              <Plus /> New template
            </Link>
          </Button>
        )
      }
    >
      A template is a message that WhatsApp has approved; campaigns send nothing else. Templates made in
      WhatsApp Manager appear here after a sync.
    </EmptyState>
  );
}

interface ToolbarProps {
  filter: TemplateFilter;
  onChange: (change: TemplateFilter) => void;
  note: React.ReactNode;
}

function Toolbar({ filter, onChange, note }: ToolbarProps) {
  return (
    <PageToolbar>
      <SearchBox
        label="Search templates"
        value={filter.q ?? ""}
        onChange={(q) => onChange({ q: q || undefined })}
      />
      <Select
        aria-label="Status"
        className="w-auto min-w-32 max-sm:flex-1"
        value={filter.status ?? any}
        onValueChange={(status) => onChange({ status: status === any ? undefined : status })}
        options={[
          { value: any, label: "Any status" },
          ...Object.entries(templateStatuses).map(([value, { label }]) => ({ value, label })),
        ]}
      />
      <Select
        aria-label="Category"
        className="w-auto min-w-34 max-sm:flex-1"
        value={filter.category ?? any}
        onValueChange={(category) =>
          onChange({ category: category === any ? undefined : (category as Template["category"]) })
        }
        options={[
          { value: any, label: "Any category" },
          ...Object.entries(categories).map(([value, label]) => ({ value, label })),
        ]}
      />
      <Combobox
        aria-label="Language"
        className="w-auto min-w-36 max-sm:hidden"
        placeholder="Any language"
        search="Search languages"
        value={filter.language}
        onValueChange={(language) => onChange({ language })}
        options={languageOptions}
      />
      {filter.language && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Any language"
          onClick={() => onChange({ language: undefined })}
        >
          <X />
        </Button>
      )}
      <p className="ml-auto text-muted-foreground text-xs max-lg:hidden" aria-live="polite">
        {note}
      </p>
    </PageToolbar>
  );
}

function useColumns(): Column<Template>[] {
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "name",
        header: "Template",
        grow: true,
        cell: (row) => (
          <CellStack
            title={
              <Link
                to="/templates/$id"
                params={{ id: row.id }}
                className="rounded-xs outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
              >
                {row.name}
              </Link>
            }
            note={<span dir="auto">{row.body.replaceAll("\n", " ")}</span>}
          />
        ),
      },
      {
        id: "status",
        header: "Status",
        width: "120px",
        cell: ({ status }) => <TemplateStatusBadge status={status} />,
      },
      {
        id: "category",
        header: "Category",
        width: "150px",
        hideBelow: "md",
        cell: (row) => (
          <span className="flex flex-wrap items-center gap-1.5">
            {categories[row.category]}
            {row.nextCategory && (
              <Badge tone="warning">becomes {categories[row.nextCategory as never]}</Badge>
            )}
          </span>
        ),
      },
      {
        id: "language",
        header: "Language",
        width: "150px",
        hideBelow: "lg",
        cell: ({ language }) => languageName(language),
      },
      {
        id: "quality",
        header: "Quality",
        width: "120px",
        hideBelow: "md",
        cell: ({ quality }) => <QualityBadge quality={quality} />,
      },
      {
        id: "updated",
        header: "Changed",
        width: "130px",
        hideBelow: "xl",
        cell: ({ updatedAt }) => <span className="text-muted-foreground">{format.relative(updatedAt)}</span>,
      },
    ],
    [format],
  );
}
