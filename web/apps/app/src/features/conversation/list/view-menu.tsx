import { Button } from "@aerostic/ui/button";
import { CheckboxField } from "@aerostic/ui/checkbox";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatNumber } from "@aerostic/ui/lib/format";
import { Bookmark, Check, ListOrdered, Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { useViewActions, useViews, type View } from "@/features/reply/api/views";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { useCounts } from "../api/counts";
import { fromView, type InboxSearch, toView } from "../filter";
import { ArrangeViews } from "./arrange-views";

interface ViewMenuProps {
  search: InboxSearch;
  change: (next: Partial<InboxSearch>) => void;
}

/** Saved filters of the list: everybody's and one's own, with how much is in them. */
export function ViewMenu({ search, change }: ViewMenuProps) {
  const views = (useViews().data?.items ?? []) as View[];
  const counts = useCounts().data?.byView ?? {};
  const canManage = useCan("inbox.manage");
  const [asking, setAsking] = useState<"name" | "arrange">();
  const close = () => setAsking(undefined);
  const chosen = views.find(({ id }) => id === search.view);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="xs" className="ml-auto min-w-0">
            <Bookmark /> <bdi className="truncate">{chosen?.name ?? "Views"}</bdi>
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" className="max-h-96 w-60">
          <DropdownMenuLabel>Views</DropdownMenuLabel>
          {views.map((view) => (
            <DropdownMenuItem
              key={view.id}
              onSelect={() => change({ ...fromView(view.filter), view: view.id })}
            >
              {view.id === search.view ? <Check /> : <Bookmark />}
              <bdi className="min-w-0 flex-1 truncate">{view.name}</bdi>
              {(counts[view.id] ?? 0) > 0 && (
                <span className="text-2xs text-muted-foreground">{formatNumber(counts[view.id] ?? 0)}</span>
              )}
            </DropdownMenuItem>
          ))}
          {views.length > 0 && <DropdownMenuSeparator />}
          <DropdownMenuItem onSelect={() => setAsking("name")}>
            <Plus /> Save this list as a view
          </DropdownMenuItem>
          {views.some(({ personal }) => personal || canManage) && (
            <DropdownMenuItem onSelect={() => setAsking("arrange")}>
              <ListOrdered /> Arrange views…
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {asking === "name" && (
        <SaveView
          search={search}
          canShare={canManage}
          onClose={close}
          onSaved={(id) => change({ view: id })}
        />
      )}
      {asking === "arrange" && (
        <ArrangeViews
          canManage={canManage}
          onClose={close}
          onRemoved={(id) => id === search.view && change({ ...fromView({}), view: undefined })}
        />
      )}
    </>
  );
}

interface SaveViewProps {
  search: InboxSearch;
  canShare: boolean;
  onClose: () => void;
  onSaved: (id: string) => void;
}

function SaveView({ search, canShare, onClose, onSaved }: SaveViewProps) {
  const { create } = useViewActions();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = async () => {
    const { id } = await create.mutateAsync({ body: { name, personal: !shared, filter: toView(search) } });
    onSaved(id);
  };
  return (
    <SettingDialog title="Save this list as a view" onClose={onClose} onSave={save}>
      <Field label="Name">
        <Input
          autoFocus
          dir="auto"
          maxLength={60}
          placeholder="Refunds that wait"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      {canShare && (
        <CheckboxField
          label="For everybody"
          checked={shared}
          onCheckedChange={(on) => setShared(on === true)}
        />
      )}
    </SettingDialog>
  );
}
