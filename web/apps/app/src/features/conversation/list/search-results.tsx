import { Avatar } from "@aerostic/ui/avatar";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { SearchX } from "lucide-react";
import { useContactSearch } from "@/features/contact/api/search";
import { useOpenContact } from "../use-open-contact";

/** People whose name or number begins so. */
export function SearchResults({ q }: { q: string; activeId?: string }) {
  const { data, error, refetch } = useContactSearch(q, 20);
  const open = useOpenContact();
  if (error && !data) return <ProblemAlert error={error} onRetry={() => refetch()} className="mx-3" />;
  const people = data?.items;
  return (
    <section aria-label="Results" className="scroll-pane min-h-0 flex-1 px-2 pb-2" aria-busy={!people}>
      {!people && <Skeleton className="mx-1 h-14" />}
      {people?.length === 0 && (
        <EmptyState icon={SearchX} title="Nothing found">
          Try the beginning of a name, a number, or a word of a message.
        </EmptyState>
      )}
      <ul>
        {people?.map(({ id, name, phone }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => void open(id)}
              className="focus-ring flex h-14 w-full items-center gap-3 rounded-lg border border-transparent px-2 text-left hover:bg-accent"
            >
              <Avatar name={name || phone || "?"} size="lg" />
              <span className="min-w-0">
                <bdi className="block truncate font-medium text-sm">{name || (phone && formatPhone(phone))}</bdi>
                {name && phone && <span className="block text-muted-foreground text-xs">{formatPhone(phone)}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
