import { toast } from "@aerostic/ui/toast";
import { useBlocker, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useOnce } from "@/lib/use-once";
import { useCreateTemplate } from "./api/create";
import { useEditTemplate } from "./api/edit";
import { toDraft } from "./draft";
import type { TemplateForm } from "./form";

/** Submits the form, as a new template or as an edit of one, and opens its page then. */
export function useSubmit(form: TemplateForm, changed: boolean, editing?: string) {
  const create = useCreateTemplate();
  const edit = useEditTemplate();
  const once = useOnce();
  const navigate = useNavigate();
  // Navigating waits for the render in which the template is known to be submitted.
  const submitted = create.data?.id ?? edit.data?.id;
  useBlocker({
    shouldBlockFn: () => changed && !submitted && !confirm("Leave without submitting this template?"),
    enableBeforeUnload: () => changed && !submitted,
  });
  useEffect(() => {
    if (submitted) void navigate({ to: "/templates/$id", params: { id: submitted } });
  }, [submitted, navigate]);
  const submit = async () => {
    const body = toDraft(form);
    const sent = editing
      ? edit.mutateAsync({ params: { path: { id: editing } }, body })
      : once(body, (header) => create.mutateAsync({ body, params: { header } }));
    if (await sent.catch(() => undefined)) {
      toast.success("Submitted to Meta", {
        description: "Reviews take minutes, at most a day. You will see it here.",
      });
    }
  };
  return { submit, error: create.error ?? edit.error, pending: create.isPending || edit.isPending };
}
