import { Alert } from "@aerostic/ui/alert";
import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Table, TD, TH, TR } from "@aerostic/ui/table";
import { toast } from "@aerostic/ui/toast";
import { Link, useNavigate } from "@tanstack/react-router";
import { Copy, Ellipsis, PencilLine, Send, Trash2 } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useChannels } from "@/features/channel/api/list";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useFormat } from "@/lib/format";
import { useLive } from "@/lib/use-live";
import { useRemoveTemplate } from "./api/remove";
import { useSampleUrls } from "./api/sample";
import { type Slot, type TemplateDetail, useTemplate } from "./api/template";
import { useUnpauseTemplate } from "./api/unpause";
import { QualityBadge, TemplateStatusBadge } from "./badges";
import { HistoryCard } from "./history-card";
import { languageName } from "./languages";
import { LanguagesCard } from "./languages-card";
import { PerformanceCard } from "./performance-card";
import { fileName, toPreview } from "./preview";
import { isMedia, slotLabel } from "./slot";
import { categories } from "./status";

/** One template: how it looks, where it stands at Meta and what to do about it. */
export function TemplateScreen({ id }: { id: string }) {
  const { data: template, error, refetch } = useTemplate(id);
  useLive("templates", () => refetch());
  const back = (
    <Link to="/templates" aria-label="All templates">
      <BackIcon />
    </Link>
  );
  if (!template) {
    return (
      <Page title="Template" back={back}>
        {error ? <ProblemAlert error={error} onRetry={() => refetch()} className="m-4" /> : <RoutePending />}
      </Page>
    );
  }
  return (
    <Page
      title={template.name}
      back={back}
      badge={<TemplateStatusBadge status={template.status} />}
      actions={<Actions template={template} />}
    >
      <PageBody>
        <Standing template={template} />
        <div className="grid gap-4 lg:grid-cols-[1fr_20rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <PerformanceCard id={template.id} />
            <Facts template={template} />
            <HistoryCard id={template.id} />
            <Values slots={template.slots ?? []} />
            <AsMetaKeepsIt template={template} />
          </div>
          <aside className="flex flex-col items-center gap-3 max-lg:order-first lg:items-stretch">
            <Picture template={template} />
            <div className="w-full">
              <LanguagesCard template={template} />
            </div>
          </aside>
        </div>
      </PageBody>
    </Page>
  );
}

/** Statuses from which only a corrected copy leads on. */
const stuck = ["DISABLED", "ARCHIVED", "LOCKED"];

function Actions({ template }: { template: TemplateDetail }) {
  const mayWrite = useCan("template.write");
  const maySend = useCan("campaign.write");
  return (
    <>
      {mayWrite && <More template={template} />}
      {maySend && template.sendable && (
        <Button asChild variant="primary">
          <Link to="/campaigns/new" search={{ template: template.id }} aria-label="Use in a campaign">
            <Send /> <span className="max-sm:hidden">Use in a campaign</span>
          </Link>
        </Button>
      )}
      {mayWrite && template.status === "REJECTED" && template.editing.allowed && (
        <Button asChild variant="primary">
          <Link to="/templates/$id/edit" params={{ id: template.id }} aria-label="Correct it">
            <PencilLine /> <span className="max-sm:hidden">Correct it</span>
          </Link>
        </Button>
      )}
      {mayWrite && stuck.includes(template.status) && (
        <Button asChild variant="primary">
          <Link to="/templates/new" search={{ from: template.id }} aria-label="Correct a copy">
            <Copy /> <span className="max-sm:hidden">Correct a copy</span>
          </Link>
        </Button>
      )}
    </>
  );
}

function More({ template }: { template: TemplateDetail }) {
  const [removing, setRemoving] = useState(false);
  const remove = useRemoveTemplate();
  const navigate = useNavigate();
  const confirm = async () => {
    await remove.mutateAsync({ params: { path: { id: template.id } } });
    toast.success(`${template.name} was deleted`);
    void navigate({ to: "/templates" });
  };
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More actions">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem asChild disabled={!template.editing.allowed}>
            <Link to="/templates/$id/edit" params={{ id: template.id }}>
              <PencilLine /> Edit
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link to="/templates/new" search={{ from: template.id }}>
              <Copy /> Make a copy
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem tone="danger" onSelect={() => setRemoving(true)}>
            <Trash2 /> Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={`Delete ${template.name} in ${languageName(template.language)}?`}
        description="It is deleted at Meta too and cannot be brought back. Meta keeps the name reserved for 30 days. Campaigns already sent keep their report."
        confirm="Delete template"
        destructive
        onConfirm={confirm}
      >
        <ProblemAlert error={remove.error} />
      </ConfirmDialog>
    </>
  );
}

/** Why it cannot be sent, what Meta announced, and what to do. */
function Standing({ template }: { template: TemplateDetail }) {
  const format = useFormat();
  const waiting = template.status === "PENDING" || template.status === "IN_APPEAL";
  return (
    <>
      {template.whyNot && (
        <Alert
          tone={waiting ? "info" : template.status === "PAUSED" ? "warning" : "danger"}
          title={waiting ? "In review at Meta" : "It cannot be sent now"}
          action={template.status === "PAUSED" && !template.pausedUntil && <EndPause id={template.id} />}
        >
          {template.whyNot}
          {template.pausedUntil && ` Until ${format.dateTime(template.pausedUntil)} your time.`}
        </Alert>
      )}
      {template.problem && (
        <Alert tone="warning" title="It cannot be filled yet">
          {template.problem}
        </Alert>
      )}
      {template.nextCategory && (
        <Alert
          tone="warning"
          title={`Meta will charge it as ${categories[template.nextCategory as TemplateDetail["category"]]}${template.nextCategoryAt ? ` from ${format.date(template.nextCategoryAt)}` : ""}`}
        >
          The price per message changes with it. Reword the template in a copy if you want to stay in{" "}
          {categories[template.category]}.
        </Alert>
      )}
      {template.sendable && template.quality === "RED" && (
        <Alert tone="warning" title="People block or report this message often">
          Send it to fewer, better chosen people, or Meta may pause it.
        </Alert>
      )}
    </>
  );
}

/** A pause that Meta put on while it watches how people take to a new template. */
function EndPause({ id }: { id: string }) {
  const mayWrite = useCan("template.write");
  const unpause = useUnpauseTemplate();
  if (!mayWrite) return null;
  const end = () =>
    unpause.mutate(
      { params: { path: { id } } },
      {
        onSuccess: () => toast.success("Meta was asked to end the pause"),
        onError: (error) => toast.error("Meta did not end the pause", { description: error.detail }),
      },
    );
  return (
    <Button size="sm" loading={unpause.isPending} onClick={end}>
      End the pause
    </Button>
  );
}

function Facts({ template }: { template: TemplateDetail }) {
  const format = useFormat();
  return (
    <Card>
      <CardHeader title="About" />
      <CardBody>
        <DescriptionList>
          <DescriptionItem label="Category">
            <span className="flex flex-wrap items-center gap-2">
              {categories[template.category]}
              {template.previousCategory && (
                <Badge tone="outline">
                  was {categories[template.previousCategory as TemplateDetail["category"]]}
                </Badge>
              )}
            </span>
          </DescriptionItem>
          <DescriptionItem label="Language">
            {languageName(template.language)} ({template.language})
          </DescriptionItem>
          <DescriptionItem label="Quality">
            <QualityBadge quality={template.quality} />
          </DescriptionItem>
          {template.editing.whyNot && (
            <DescriptionItem label="Editing">
              {template.editing.whyNot}
              {template.editing.from && ` From ${format.dateTime(template.editing.from)}.`}
            </DescriptionItem>
          )}
          <DescriptionItem label="WhatsApp account">{template.wabaId}</DescriptionItem>
          <DescriptionItem label="Id at Meta">{template.metaId}</DescriptionItem>
          <DescriptionItem label="First seen">{format.dateTime(template.createdAt)}</DescriptionItem>
          <DescriptionItem label="Last change">{format.dateTime(template.updatedAt)}</DescriptionItem>
          <DescriptionItem label="Last read from Meta">{format.dateTime(template.syncedAt)}</DescriptionItem>
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

function Values({ slots }: { slots: Slot[] }) {
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="What it takes"
        description={
          slots.length === 0
            ? "Nothing: everybody gets the same message"
            : "Filled for each person when a campaign is sent"
        }
      />
      {slots.length > 0 && (
        <div className="scroll-pane">
          <Table aria-label="Values of the template">
            <thead>
              <tr>
                <TH>Place</TH>
                <TH>Example</TH>
                <TH className="max-sm:hidden">Needed</TH>
                <TH className="text-right max-sm:hidden">Longest</TH>
              </tr>
            </thead>
            <tbody>
              {slots.map((slot) => (
                <TR key={slot.key}>
                  <TD className="font-medium">{slotLabel(slot)}</TD>
                  <TD className="wrap-anywhere text-muted-foreground" dir="auto">
                    {(isMedia(slot) ? (fileName(slot.example) ?? slot.example) : slot.example) || "–"}
                  </TD>
                  <TD className="max-sm:hidden">{slot.required ? "Yes" : "No"}</TD>
                  <TD className="text-right max-sm:hidden">{slot.maxLength || "–"}</TD>
                </TR>
              ))}
            </tbody>
          </Table>
        </div>
      )}
    </Card>
  );
}

function AsMetaKeepsIt({ template }: { template: TemplateDetail }) {
  return (
    <details className="group rounded-xl border bg-card shadow-xs">
      <summary className="focus-ring cursor-pointer rounded-xl border border-transparent px-4 py-3 font-semibold text-md tracking-title">
        As Meta keeps it
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard */}
      <pre tabIndex={0} className="scroll-pane max-h-96 px-4 pb-4 font-mono text-xs outline-none">
        {JSON.stringify(template.components, null, 2)}
      </pre>
    </details>
  );
}

function Picture({ template }: { template: TemplateDetail }) {
  const { data } = useChannels();
  const channel = data?.items?.find(({ wabaId }) => wabaId === template.wabaId);
  const urls = useSampleUrls(template.samples);
  return (
    <>
      <PhonePreview
        sender={channel?.verifiedName || "Your business"}
        message={template.preview ? toPreview(template.preview, urls) : { body: template.body }}
      />
      <p className="text-center text-muted-foreground text-xs">Filled with the template's examples</p>
    </>
  );
}
