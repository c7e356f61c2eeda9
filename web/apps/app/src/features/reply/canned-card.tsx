import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { CheckboxField } from "@aerostic/ui/checkbox";
import { Chip } from "@aerostic/ui/chip";
import { Field } from "@aerostic/ui/field";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { Input } from "@aerostic/ui/input";
import { formatCount } from "@aerostic/ui/lib/format";
import { Textarea } from "@aerostic/ui/textarea";
import { toast } from "@aerostic/ui/toast";
import { Paperclip } from "lucide-react";
import { useRef, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { uploadFile } from "@/features/conversation/api/send";
import { SettingCard } from "@/features/settings/setting-card";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { SettingRow } from "@/features/settings/setting-row";
import { SearchBox } from "@/features/shell/search-box";
import { type Canned, type CannedDraft, useCannedActions, useCannedReplies } from "./api/canned";
import { Places } from "./places";

/** Texts that are sent often, found under / while one writes. */
export function CannedCard() {
  const [typed, setTyped] = useState("");
  const query = useCannedReplies(useDebouncedValue(typed, 200));
  const canManage = useCan("inbox.manage");
  const { remove } = useCannedActions();
  const [open, setOpen] = useState<Canned | "new">();
  const list = (query.data?.pages.flatMap(({ items }) => items ?? []) ?? []) as Canned[];
  return (
    <>
      <SettingCard
        title="Canned replies"
        description="Texts that are sent often. Type / while you write to find one."
        add="New canned reply"
        onAdd={() => setOpen("new")}
        query={query}
        empty={
          !typed &&
          list.length === 0 &&
          "There is no canned reply yet. Write down what you answer most: opening hours, prices, the way to you."
        }
        problem={remove.error}
      >
        <SearchBox label="Search canned replies" value={typed} onChange={setTyped} />
        {list.length === 0 && (
          <p className="text-muted-foreground text-sm">No canned reply has these words.</p>
        )}
        <ul className="flex flex-col divide-y">
          {list.map((canned) => {
            const may = canned.personal || canManage;
            return (
              <SettingRow
                key={canned.id}
                name={canned.name}
                badge={
                  <>
                    {canned.shortcut && <Badge tone="outline">/{canned.shortcut}</Badge>}
                    {canned.personal && <Badge>Only you</Badge>}
                  </>
                }
                detail={
                  <>
                    <span dir="auto" className="line-clamp-2">
                      {canned.body || "A file"}
                    </span>
                    {canned.uses > 0 && `Used ${formatCount(canned.uses, "time")}`}
                  </>
                }
                onChange={may ? () => setOpen(canned) : undefined}
                onRemove={may ? () => remove.mutate({ params: { path: { id: canned.id } } }) : undefined}
              />
            );
          })}
        </ul>
        {query.hasNextPage && (
          <Button
            size="sm"
            className="self-center"
            loading={query.isFetchingNextPage}
            onClick={() => query.fetchNextPage()}
          >
            Show more
          </Button>
        )}
      </SettingCard>
      {open && <CannedDialog canned={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function CannedDialog({ canned, onClose }: { canned?: Canned; onClose: () => void }) {
  const { create, save } = useCannedActions();
  const canManage = useCan("inbox.manage");
  const [draft, setDraft] = useState<CannedDraft>(() => ({
    name: canned?.name ?? "",
    shortcut: canned?.shortcut ?? "",
    body: canned?.body ?? "",
    uploadId: canned?.uploadId,
    personal: canned?.personal ?? !canManage,
  }));
  const set = (change: Partial<CannedDraft>) => setDraft((old) => ({ ...old, ...change }));
  return (
    <SettingDialog
      title={canned ? canned.name : "New canned reply"}
      onClose={onClose}
      onSave={() =>
        canned
          ? save.mutateAsync({ params: { path: { id: canned.id } }, body: draft })
          : create.mutateAsync({ body: draft })
      }
    >
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label="Name">
          <Input
            autoFocus
            dir="auto"
            maxLength={80}
            placeholder="Opening hours"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        </Field>
        <Field label="Shortcut" optional hint="Typed after /">
          <Input
            dir="auto"
            maxLength={40}
            placeholder="hours"
            value={draft.shortcut}
            onChange={(event) => set({ shortcut: event.target.value.replace(/[/\s]/g, "") })}
          />
        </Field>
      </div>
      <Field label="Text">
        <Textarea
          dir="auto"
          rows={5}
          maxLength={4096}
          placeholder="Hi {{contact.first_name|there}}, we are open from 9 to 6."
          value={draft.body}
          onChange={(event) => set({ body: event.target.value })}
        />
      </Field>
      <Places onPick={(place) => set({ body: draft.body + place })} />
      <FileChoice id={draft.uploadId} onChange={(uploadId) => set({ uploadId })} />
      {canManage && (
        <CheckboxField
          label="Only for me"
          checked={draft.personal ?? false}
          onCheckedChange={(on) => set({ personal: on === true })}
        />
      )}
    </SettingDialog>
  );
}

function FileChoice({ id, onChange }: { id?: string; onChange: (id: string | undefined) => void }) {
  const input = useRef<HTMLInputElement>(null);
  const [name, setName] = useState("A file");
  const [busy, setBusy] = useState(false);
  const take = async (file?: File) => {
    if (!file) return;
    setBusy(true);
    try {
      const uploaded = await uploadFile(file);
      setName(file.name);
      onChange(uploaded.id);
    } catch (error) {
      toast.error("The file was not taken", {
        description: error instanceof Error ? error.message : undefined,
      });
    }
    setBusy(false);
  };
  return (
    <div className="flex items-center gap-2">
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File"
        onChange={(event) => void take(event.target.files?.[0])}
      />
      {id ? (
        <Chip label={name} onRemove={() => onChange(undefined)}>
          <Paperclip aria-hidden className="size-3" />
        </Chip>
      ) : (
        <Button size="sm" loading={busy} onClick={() => input.current?.click()}>
          <Paperclip /> Attach a file
        </Button>
      )}
    </div>
  );
}
