import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { useChannels } from "@/features/channel/api/list";
import { BackIcon, Page } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { useTemplate } from "./api/template";
import { emptyForm, formFrom } from "./draft";
import { TemplateEditor } from "./template-editor";

/** Writing a template; `from` starts with a copy of another. */
export function NewTemplateScreen({ from }: { from?: string }) {
  const channels = useChannels();
  const source = useTemplate(from);
  const error = channels.error ?? source.error;
  const list = channels.data?.items;
  const back = (
    <Link to="/templates" aria-label="All templates">
      <BackIcon />
    </Link>
  );
  if (!list || (from && !source.data)) {
    return (
      <Page title="New template" back={back}>
        {error ? (
          <ProblemAlert error={error} onRetry={() => void channels.refetch()} className="m-4" />
        ) : (
          <RoutePending />
        )}
      </Page>
    );
  }
  if (list.length === 0) {
    return (
      <Page title="New template" back={back}>
        <Alert
          tone="info"
          title="Connect a number first"
          className="m-4"
          action={
            <Button asChild size="sm">
              <Link to="/numbers">Connect a number</Link>
            </Button>
          }
        >
          A template belongs to the WhatsApp account of a number.
        </Alert>
      </Page>
    );
  }
  const channel = list.find(({ wabaId }) => wabaId === source.data?.wabaId) ?? list[0];
  const channelId = channel?.id ?? "";
  return (
    <TemplateEditor
      back={back}
      channels={list}
      initial={source.data ? formFrom(source.data, channelId) : { ...emptyForm, channelId }}
    />
  );
}
