import { Button } from "@aerostic/ui/button";
import { DataTable } from "@aerostic/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { EmptyState } from "@aerostic/ui/empty-state";
import { Link, useNavigate } from "@tanstack/react-router";
import {
  Columns3,
  Contact as ContactIcon,
  Ellipsis,
  Filter,
  GitMerge,
  ListChecks,
  Plus,
  SearchX,
  Tags,
  Upload,
} from "lucide-react";
import { useEffect, useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page } from "@/features/shell/page";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useContacts } from "./api/list";
import { nameOf } from "./contact";
import { useContactColumns } from "./contact-columns";
import { ContactDialog } from "./contact-dialog";
import { ContactSheet } from "./contact-sheet";
import { ContactToolbar } from "./contact-toolbar";
import { type ContactsSearch, filterOf, isFiltered } from "./contacts-search";
import { RunningBulks } from "./running-bulks";
import { SelectionBar } from "./selection-bar";

/** The people of the workspace: search, filters, tags for many, and one beside the list. */
export function ContactsScreen({ search }: { search: ContactsSearch }) {
  const navigate = useNavigate({ from: "/contacts/" });
  const canWrite = useCan("contact.write");
  const columns = useContactColumns();
  const filter = filterOf(search);
  const query = useContacts(filter);
  const list = usePagedRows(query);
  const total = query.data ? (query.data.pages[0]?.total ?? null) : undefined;
  const [adding, setAdding] = useState(false);
  const selection = useSelection(JSON.stringify(filter));

  const change = (next: Partial<ContactsSearch>) =>
    navigate({ search: (old) => ({ ...old, ...next }), replace: true });
  const open = (contact: string | undefined) => navigate({ search: (old) => ({ ...old, contact }) });
  const selecting = canWrite && (selection.ids.size > 0 || selection.everybody);

  return (
    <Page
      title="Contacts"
      actions={<Actions onAdd={() => setAdding(true)} />}
      toolbar={
        selecting ? (
          <SelectionBar
            ids={selection.ids}
            everybody={selection.everybody}
            filter={filter}
            total={total}
            onEverybody={
              list.rows.length < (total ?? Number.POSITIVE_INFINITY) ? selection.takeEverybody : undefined
            }
            onClear={selection.clear}
          />
        ) : (
          <ContactToolbar search={search} onChange={change} total={total} />
        )
      }
    >
      <RunningBulks />
      <DataTable
        {...list}
        label="Contacts"
        columns={columns}
        rowId={(contact) => contact.id}
        rowLabel={nameOf}
        onRowClick={(contact) => open(contact.id)}
        selected={canWrite ? selection.shown(list.rows) : undefined}
        onSelectedChange={canWrite ? selection.choose : undefined}
        empty={
          isFiltered(filter) ? <NothingFound onClear={() => navigate({ search: {} })} /> : <NoContacts />
        }
      />
      <ContactSheet id={search.contact} onClose={() => open(undefined)} />
      <ContactDialog
        open={adding}
        onOpenChange={setAdding}
        onSaved={(contact) => {
          open(contact.id);
        }}
      />
    </Page>
  );
}

/** Which rows are ticked; another filter forgets them. */
function useSelection(filterKey: string) {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [everybody, setEverybody] = useState(false);
  const clear = () => {
    setIds(new Set());
    setEverybody(false);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the filter changes, and only then
  useEffect(clear, [filterKey]);
  return {
    ids,
    everybody,
    clear,
    takeEverybody: () => setEverybody(true),
    choose: (next: ReadonlySet<string>) => {
      setEverybody(false);
      setIds(next);
    },
    shown: (rows: { id: string }[]) => (everybody ? new Set(rows.map(({ id }) => id)) : ids),
  };
}

function Actions({ onAdd }: { onAdd: () => void }) {
  const canWrite = useCan("contact.write");
  const canImport = useCan("contact.import");
  return (
    <>
      <Button asChild className="max-md:hidden">
        <Link to="/contacts/board">
          <Columns3 /> Board
        </Link>
      </Button>
      {canImport && (
        <Button asChild className="max-md:hidden">
          <Link to="/contacts/import">
            <Upload /> Import
          </Link>
        </Button>
      )}
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button size="icon" variant="ghost" aria-label="More">
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem asChild className="md:hidden">
            <Link to="/contacts/board">
              <Columns3 /> Board
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link to="/contacts/tags">
              <Tags /> Tags and lists
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link to="/contacts/segments">
              <Filter /> Segments
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link to="/contacts/fields">
              <ListChecks /> Fields
            </Link>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <Link to="/contacts/duplicates">
              <GitMerge /> Duplicates
            </Link>
          </DropdownMenuItem>
          {canImport && (
            <DropdownMenuItem asChild className="md:hidden">
              <Link to="/contacts/import">
                <Upload /> Import
              </Link>
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {canWrite && (
        <Button variant="primary" onClick={onAdd} aria-label="New contact">
          <Plus /> <span className="max-sm:hidden">New contact</span>
        </Button>
      )}
    </>
  );
}

function NoContacts() {
  const canImport = useCan("contact.import");
  return (
    <EmptyState
      icon={ContactIcon}
      title="No contacts yet"
      className="flex-1"
      action={
        canImport && (
          <Button asChild variant="primary">
            <Link to="/contacts/import">
              <Upload /> Import a file
            </Link>
          </Button>
        )
      }
    >
      Bring in your customers from an Excel or CSV file, or add them one by one.
    </EmptyState>
  );
}

function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <EmptyState
      icon={SearchX}
      title="Nobody fits"
      className="flex-1"
      action={<Button onClick={onClear}>Show all contacts</Button>}
    >
      Search finds the beginning of a name or a number, or a whole email address.
    </EmptyState>
  );
}
