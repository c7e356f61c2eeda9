import { type Column, DataTable } from "@aerostic/ui/data-table";
import { EmptyState } from "@aerostic/ui/empty-state";
import { formatNumber, formatPhone } from "@aerostic/ui/lib/format";
import { Select } from "@aerostic/ui/select";
import { CellStack } from "@aerostic/ui/table";
import { Link, useNavigate } from "@tanstack/react-router";
import { MousePointerClick } from "lucide-react";
import { useMemo } from "react";
import { type Clicker, useClickers } from "@/features/link/api/clickers";
import { useLinks } from "@/features/link/api/links";
import { BackIcon, Page, PageToolbar } from "@/features/shell/page";
import { useFormat } from "@/lib/format";
import { usePagedRows } from "@/lib/use-paged-rows";
import { useCampaign } from "../api/campaign";
import { placeName } from "./clicks-card";

/** The people who clicked a campaign's tracked links. */
export function ClicksScreen({ id, link }: { id: string; link: number | undefined }) {
  const navigate = useNavigate();
  const { data: campaign } = useCampaign(id);
  const links = useLinks(id).data?.links ?? [];
  const query = useClickers(id, link);
  return (
    <Page
      title={campaign?.name ?? "Campaign"}
      back={
        <Link to="/campaigns/$id" params={{ id }} aria-label="Back to the report">
          <BackIcon />
        </Link>
      }
      toolbar={
        <PageToolbar>
          <Select
            aria-label="Which link"
            className="w-80 max-sm:w-full"
            value={String(link ?? 0)}
            onValueChange={(next) =>
              void navigate({
                to: "/campaigns/$id/clicks",
                params: { id },
                search: { link: Number(next) || undefined },
                replace: true,
              })
            }
            options={[
              { value: "0", label: "Any link" },
              ...links.map(({ number, url, slot }) => ({
                value: String(number),
                label: `${placeName(slot)}: ${url}`,
              })),
            ]}
          />
        </PageToolbar>
      }
    >
      <DataTable
        {...usePagedRows(query)}
        label="People who clicked"
        columns={useColumns()}
        rowId={({ contactId }) => contactId}
        empty={
          <EmptyState icon={MousePointerClick} title="Nobody clicked yet" className="flex-1">
            People appear here as soon as they open a link. Previews and robots are left out.
          </EmptyState>
        }
      />
    </Page>
  );
}

function useColumns(): Column<Clicker>[] {
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: "person",
        header: "Person",
        cell: ({ name, phone }) => (
          <CellStack
            title={<span dir="auto">{name || formatPhone(phone) || "Deleted contact"}</span>}
            note={name ? formatPhone(phone) : undefined}
          />
        ),
      },
      {
        id: "first",
        header: "First click",
        width: "170px",
        cell: ({ firstAt }) => <time dateTime={firstAt}>{format.dateTime(firstAt)}</time>,
      },
      {
        id: "last",
        header: "Last click",
        width: "170px",
        hideBelow: "md",
        cell: ({ lastAt }) => <time dateTime={lastAt}>{format.dateTime(lastAt)}</time>,
      },
      {
        id: "clicks",
        header: "Clicks",
        width: "80px",
        align: "right",
        cell: ({ clicks }) => formatNumber(clicks),
      },
    ],
    [format],
  );
}
