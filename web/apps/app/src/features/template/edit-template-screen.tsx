import { Alert } from "@aerostic/ui/alert";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { BackIcon, Page } from "@/features/shell/page";
import { RoutePending } from "@/features/shell/route-states";
import { type TemplateDetail, useTemplate } from "./api/template";
import { formFrom } from "./form";
import { TemplateEditor } from "./template-editor";

/** Changing a template that Meta has judged. */
export function EditTemplateScreen({ id }: { id: string }) {
  const channels = useChannels();
  const { data, error, refetch } = useTemplate(id);
  // As it was when it was opened: once submitted it may not be edited, and the form must stay till then.
  const [template, setTemplate] = useState<TemplateDetail>();
  if (data && !template) setTemplate(data);
  const list = channels.data?.items;
  const back = (
    <Link to="/templates/$id" params={{ id }} aria-label="Back to the template">
      <BackIcon />
    </Link>
  );
  if (!list || !template) {
    const problem = channels.error ?? error;
    return (
      <Page title="Edit template" back={back}>
        {problem ? (
          <ProblemAlert error={problem} onRetry={() => void refetch()} className="m-4" />
        ) : (
          <RoutePending />
        )}
      </Page>
    );
  }
  if (!template.editing.allowed || !template.draft) {
    return (
      <Page title={`Edit ${template.name}`} back={back}>
        <Alert tone="info" title="It cannot be edited now" className="m-4">
          {template.editing.whyNot || "It has a part that can only be changed in WhatsApp Manager."}
        </Alert>
      </Page>
    );
  }
  const channel = list.find(({ wabaId }) => wabaId === template.wabaId) ?? list[0];
  return (
    <TemplateEditor
      back={back}
      channels={list}
      editing={template}
      initial={formFrom(template.draft, channel?.id ?? "")}
    />
  );
}
