import { Button } from "@aerostic/ui/button";
import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Input } from "@aerostic/ui/input";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { ArrowUp, Trash2 } from "lucide-react";
import { useId, useState } from "react";
import { useViewActions, useViews, type View } from "@/features/reply/api/views";

interface ArrangeViewsProps {
  /** Those of everybody may be changed too. */
  canManage: boolean;
  onRemoved: (id: string) => void;
  onClose: () => void;
}

/** Names and order of the saved views. */
export function ArrangeViews({ canManage, onRemoved, onClose }: ArrangeViewsProps) {
  const views = (useViews().data?.items ?? []) as View[];
  const shared = views.filter(({ personal }) => !personal);
  const own = views.filter(({ personal }) => personal);
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Arrange views"
        description="A name is kept when you leave its field."
        footer={<Button onClick={onClose}>Done</Button>}
      >
        <div className="flex flex-col gap-5">
          {canManage && <Group title="Everybody’s" views={shared} onRemoved={onRemoved} />}
          <Group title="Your own" views={own} onRemoved={onRemoved} />
        </div>
      </DialogContent>
    </Dialog>
  );
}

interface GroupProps {
  title: string;
  views: View[];
  onRemoved: (id: string) => void;
}

function Group({ title, views, onRemoved }: GroupProps) {
  const heading = useId();
  const { order } = useViewActions();
  if (views.length === 0) return null;
  const raise = (at: number) => {
    const ids = views.map(({ id }) => id);
    const [moved] = ids.splice(at, 1);
    if (moved) order.mutate({ body: { personal: views[0]?.personal, ids: ids.toSpliced(at - 1, 0, moved) } });
  };
  return (
    <section aria-labelledby={heading} className="flex flex-col gap-2">
      <h3 id={heading} className="font-medium text-sm">
        {title}
      </h3>
      <ol className="flex flex-col gap-2">
        {views.map((view, at) => (
          <Row
            key={view.id}
            view={view}
            onRaise={at > 0 ? () => raise(at) : undefined}
            onRemoved={() => onRemoved(view.id)}
          />
        ))}
      </ol>
      <ProblemAlert error={order.error} />
    </section>
  );
}

function Row({ view, onRaise, onRemoved }: { view: View; onRaise?: () => void; onRemoved: () => void }) {
  const { save, remove } = useViewActions();
  const [name, setName] = useState(view.name);
  const params = { path: { id: view.id } };
  const keep = () => {
    if (name.trim() === view.name) return;
    const body = { name, personal: view.personal, filter: view.filter };
    save.mutate({ params, body }, { onError: () => setName(view.name) });
  };
  return (
    <li className="flex flex-col gap-1.5">
      <div className="flex items-center gap-1">
        <Input
          aria-label={`Name of ${view.name}`}
          dir="auto"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" && keep()}
        />
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Show ${view.name} earlier`}
          disabled={!onRaise}
          onClick={onRaise}
        >
          <ArrowUp />
        </Button>
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Remove ${view.name}`}
          onClick={() => remove.mutate({ params }, { onSuccess: onRemoved })}
        >
          <Trash2 />
        </Button>
      </div>
      <ProblemAlert error={save.error ?? remove.error} />
    </li>
  );
}
