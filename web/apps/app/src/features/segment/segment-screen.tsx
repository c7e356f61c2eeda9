import { Button } from "@aerostic/ui/button";
import { Card, CardBody } from "@aerostic/ui/card";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Link, useNavigate } from "@tanstack/react-router";
import { z } from "zod/mini";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { submitTo, useSchemaForm } from "@/lib/form";
import { useOnce } from "@/lib/use-once";
import { useCreateSegment } from "./api/create";
import { useEditSegment } from "./api/edit";
import { type Subject, useLanguage } from "./api/language";
import { useSegment } from "./api/segment";
import type { Segment } from "./api/segments";
import { PreviewCard } from "./preview-card";
import type { Query } from "./query";
import { QueryBuilder } from "./query-builder";
import { useQueryTree } from "./use-query-tree";

/** Builds a new segment, perhaps from conditions a list was filtered by. */
export function NewSegmentScreen({ start }: { start?: Query }) {
  const language = useLanguage();
  return (
    <Frame title="New segment" error={language.error} onRetry={() => language.refetch()}>
      {language.data && <Editor start={start ?? {}} subjects={language.data.subjects} />}
    </Frame>
  );
}

/** Changes a saved segment. */
export function SegmentScreen({ id }: { id: string }) {
  const language = useLanguage();
  const { data, error, refetch } = useSegment(id);
  return (
    <Frame
      title={data?.name ?? "Segment"}
      error={error ?? language.error}
      onRetry={() => Promise.all([refetch(), language.refetch()])}
    >
      {data && language.data && (
        <Editor key={data.id} segment={data} start={data.query} subjects={language.data.subjects} />
      )}
    </Frame>
  );
}

interface FrameProps {
  title: string;
  error: Parameters<typeof ProblemAlert>[0]["error"];
  onRetry: () => void;
  children: React.ReactNode;
}

function Frame({ title, error, onRetry, children }: FrameProps) {
  return (
    <Page
      title={title}
      back={
        <Link to="/contacts/segments" aria-label="All segments">
          <BackIcon />
        </Link>
      }
    >
      <PageBody>
        {error ? (
          <ProblemAlert error={error} onRetry={onRetry} />
        ) : (
          children || <Skeleton className="h-64 w-full" />
        )}
      </PageBody>
    </Page>
  );
}

const schema = z.object({
  name: z.string().check(z.trim(), z.minLength(1, "Enter a name."), z.maxLength(100)),
});

interface EditorProps {
  segment?: Segment;
  start: Query;
  subjects: readonly Subject[];
}

function Editor({ segment, start, subjects }: EditorProps) {
  const canWrite = useCan("contact.write");
  const tree = useQueryTree(start, subjects);
  const form = useSchemaForm(schema, { name: segment?.name ?? "" });
  const { save, error } = useSave(segment);
  const navigate = useNavigate();
  const submit = form.handleSubmit(async ({ name }) => {
    if (!tree.query) return;
    const query = tree.query;
    const saved = await submitTo(form, () => save(name, query));
    if (!saved) return;
    toast.success(`${saved.name} saved`);
    navigate({ to: "/contacts/segments" });
  });
  // A saved segment is not made of segments.
  const offered = subjects.filter(({ on }) => on !== "segment");
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:items-start">
      <Card>
        <CardBody>
          <form noValidate onSubmit={submit} className="flex flex-col gap-5">
            <Field label="Name" error={form.formState.errors.name?.message}>
              <Input autoComplete="off" dir="auto" readOnly={!canWrite} {...form.register("name")} />
            </Field>
            <QueryBuilder group={tree.group} subjects={offered} onChange={tree.setGroup} />
            <ProblemAlert error={error} except={["name"]} />
            {canWrite && (
              <div className="flex justify-end">
                <Button
                  type="submit"
                  variant="primary"
                  disabled={!tree.query}
                  loading={form.formState.isSubmitting}
                >
                  Save segment
                </Button>
              </div>
            )}
          </form>
        </CardBody>
      </Card>
      <PreviewCard query={tree.counted} settling={tree.settling} />
    </div>
  );
}

function useSave(segment?: Segment) {
  const create = useCreateSegment();
  const edit = useEditSegment();
  const once = useOnce();
  return {
    error: segment ? edit.error : create.error,
    save: (name: string, query: Query) => {
      const body = { name, query };
      return segment
        ? edit.mutateAsync({ params: { path: { id: segment.id } }, body })
        : once(body, (header) => create.mutateAsync({ body, params: { header } }));
    },
  };
}
