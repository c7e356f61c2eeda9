import { ConfirmDialog } from "@aerostic/ui/alert-dialog";
import { Button } from "@aerostic/ui/button";
import { type Column, DataTable } from "@aerostic/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Input } from "@aerostic/ui/input";
import { formatCount, formatNumber } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Segmented } from "@aerostic/ui/segmented";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { Contact, Ellipsis, Pencil, Plus, Search, Tags, Trash2 } from "lucide-react";
import { useMemo, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { useDeleteTag } from "./api/delete-tag";
import { type Tag, useTags } from "./api/tags";
import { TagDialog } from "./tag-dialog";
import { TagSign } from "./tag-options";

const kinds = [
  { value: "all", label: "All" },
  { value: "tag", label: "Tags" },
  { value: "list", label: "Lists" },
] as const;

type Shown = (typeof kinds)[number]["value"];

/** All tags and lists: how many contacts each has, renaming and deleting. */
export function TagsScreen() {
  const { data, isPending, error, refetch } = useTags();
  const canWrite = useCan("contact.write");
  const [shown, setShown] = useState<Shown>("all");
  const [text, setText] = useState("");
  const [asking, setAsking] = useState<{ what: "new" | "rename" | "delete"; tag?: Tag }>();
  const format = useFormat();

  const rows = useMemo(() => {
    const wanted = text.trim().toLowerCase();
    return (data?.items ?? []).filter(
      ({ kind, name }) => (shown === "all" || kind === shown) && name.toLowerCase().includes(wanted),
    );
  }, [data, shown, text]);
  const columns = useMemo(
    () => tagColumns(format.date, canWrite, (what, tag) => setAsking({ what, tag })),
    [format, canWrite],
  );
  const close = () => setAsking(undefined);

  return (
    <Page
      title="Tags and lists"
      back={
        <Link to="/contacts" aria-label="All contacts">
          <BackIcon />
        </Link>
      }
      actions={
        canWrite && (
          <Button variant="primary" onClick={() => setAsking({ what: "new" })} aria-label="New tag or list">
            <Plus /> <span className="max-sm:hidden">New</span>
          </Button>
        )
      }
      toolbar={
        <PageToolbar>
          <div className="w-64 max-md:flex-1">
            <Input
              type="search"
              aria-label="Search tags and lists"
              placeholder="Search"
              prefix={<Search aria-hidden />}
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          </div>
          <Segmented<Shown> label="Kind" value={shown} onValueChange={setShown} options={[...kinds]} />
          <span className="ml-auto text-muted-foreground text-xs max-md:hidden">
            {data && formatCount(rows.length, "tag or list", "tags and lists")}
          </span>
        </PageToolbar>
      }
    >
      <DataTable
        label="Tags and lists"
        columns={columns}
        rows={rows}
        rowId={(tag) => tag.id}
        loading={isPending}
        error={data ? undefined : error}
        onRetry={() => refetch()}
        empty={
          <EmptyState icon={Tags} title={text ? "No such tag" : "No tags or lists yet"} className="flex-1">
            A tag says something about people; a list is people to send to. An import can make both.
          </EmptyState>
        }
      />
      <TagDialog
        open={asking?.what === "new" || asking?.what === "rename"}
        onOpenChange={(open) => !open && close()}
        tag={asking?.tag}
      />
      {asking?.what === "delete" && asking.tag && <DeleteTag tag={asking.tag} onClose={close} />}
    </Page>
  );
}

function tagColumns(
  date: (at: string) => string,
  canWrite: boolean,
  ask: (what: "rename" | "delete", tag: Tag) => void,
): Column<Tag>[] {
  return [
    {
      id: "name",
      header: "Name",
      cell: (tag) => (
        <Link
          to="/contacts"
          search={{ tag: tag.id }}
          className="focus-ring inline-flex max-w-full items-center gap-2.5 rounded-sm border border-transparent font-medium hover:underline [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-muted-foreground"
        >
          <TagSign kind={tag.kind} />
          <span className="truncate" dir="auto">
            {tag.name}
          </span>
        </Link>
      ),
    },
    {
      id: "kind",
      header: "Kind",
      width: "8rem",
      hideBelow: "sm",
      cell: ({ kind }) => (kind === "list" ? "List" : "Tag"),
    },
    {
      id: "contacts",
      header: "Contacts",
      width: "8rem",
      align: "right",
      cell: ({ contacts }) => formatNumber(contacts),
    },
    {
      id: "created",
      header: "Made",
      width: "9rem",
      hideBelow: "md",
      cell: ({ createdAt }) => <span className="text-muted-foreground">{date(createdAt)}</span>,
    },
    ...(canWrite
      ? [
          {
            id: "menu",
            header: <span className="sr-only">Actions</span>,
            width: "3.5rem",
            align: "right" as const,
            cell: (tag: Tag) => <TagRowMenu tag={tag} ask={ask} />,
          },
        ]
      : []),
  ];
}

function TagRowMenu({ tag, ask }: { tag: Tag; ask: (what: "rename" | "delete", tag: Tag) => void }) {
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${tag.name}`}>
          <Ellipsis />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem asChild>
          <Link to="/contacts" search={{ tag: tag.id }}>
            <Contact /> Show contacts
          </Link>
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => ask("rename", tag)}>
          <Pencil /> Rename
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={() => ask("delete", tag)}>
          <Trash2 /> Delete
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function DeleteTag({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const remove = useDeleteTag();
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => !open && onClose()}
      destructive
      title={`Delete ${tag.kind} ${tag.name}?`}
      description={`It is taken away from ${formatCount(tag.contacts, "contact")}; the contacts themselves stay. This cannot be undone.`}
      confirm="Delete"
      onConfirm={async () => {
        await remove.mutateAsync({ params: { path: { id: tag.id } } });
        toast.success(`${tag.name} deleted`);
      }}
    >
      <ProblemAlert error={remove.error} />
    </ConfirmDialog>
  );
}
