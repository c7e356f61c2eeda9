import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { useChannels } from "@/features/channel/api/list";
import { BackIcon, Page } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { type TemplateDetail, useTemplate } from "./api/template";
import { copyName, emptyForm, formFrom, type TemplateForm } from "./form";
import { TemplateEditor } from "./template-editor";

interface NewTemplateScreenProps {
  /** Starts with a copy of this template… */
  from?: string;
  /** …in this language, under its name. */
  language?: string;
}

/** Writing a template, from nothing or from a copy of another. */
export function NewTemplateScreen({ from, language }: NewTemplateScreenProps) {
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
      initial={source.data?.draft ? copyOf(source.data, channelId, language) : { ...emptyForm, channelId }}
    />
  );
}

/** A copy under a new name, or under the same in another language. */
function copyOf({ draft, name }: TemplateDetail, channelId: string, language?: string): TemplateForm {
  const form = draft ? formFrom(draft, channelId) : { ...emptyForm, channelId };
  return language ? { ...form, name, language } : { ...form, name: copyName(name) };
}
