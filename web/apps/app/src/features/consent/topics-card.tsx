import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardFooter, CardHeader } from "@aerostic/ui/card";
import { formatCount } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useRemoveTopic } from "./api/remove-topic";
import { type Topic, useTopics } from "./api/topics";
import { TopicDialog } from "./topic-dialog";

/** Topics people may refuse on their page, and the templates that are about each. */
export function TopicsCard({ canWrite }: { canWrite: boolean }) {
  const { data, error, refetch } = useTopics();
  const [editing, setEditing] = useState<Topic | "new">();
  const [removing, setRemoving] = useState<Topic>();
  return (
    <Card>
      <CardHeader
        title="Topics"
        description="People choose on their page what offers may be about. A campaign with a template of a refused topic leaves them out."
      />
      <CardBody>
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!error && !data && (
          <div role="status" aria-label="Loading topics">
            <Skeleton className="h-12" />
          </div>
        )}
        {data?.items.length === 0 && (
          <p className="text-muted-foreground text-sm">
            No topics: people choose between all offers and none.
          </p>
        )}
        <ul className="flex flex-col divide-y">
          {data?.items.map((topic) => (
            <li key={topic.id} className="flex items-center gap-2 py-2 text-sm">
              <span className="min-w-0 flex-1" dir="auto">
                <span className="block truncate font-medium">
                  {topic.name}
                  {topic.nameHi && <span className="text-muted-foreground"> · {topic.nameHi}</span>}
                </span>
                <span className="text-muted-foreground text-xs">
                  {formatCount(topic.templates.length, "template")}
                </span>
              </span>
              {canWrite && (
                <>
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={`Change ${topic.name}`}
                    onClick={() => setEditing(topic)}
                  >
                    <Pencil />
                  </Button>
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={`Delete ${topic.name}`}
                    onClick={() => setRemoving(topic)}
                  >
                    <Trash2 />
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      </CardBody>
      {canWrite && (
        <CardFooter>
          <Button onClick={() => setEditing("new")}>
            <Plus /> Add a topic
          </Button>
        </CardFooter>
      )}
      {editing && (
        <TopicDialog topic={editing === "new" ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
      {removing && <RemoveDialog topic={removing} onClose={() => setRemoving(undefined)} />}
    </Card>
  );
}

function RemoveDialog({ topic, onClose }: { topic: Topic; onClose: () => void }) {
  const remove = useRemoveTopic();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Delete “${topic.name}”?`}
      description="It goes from the preference page. What people said about it stays in their record."
      confirm="Delete"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: topic.id } } });
        toast.success("Topic deleted");
        onClose();
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
