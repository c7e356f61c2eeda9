import { Card, CardHeader } from "@aerostic/ui/card";
import { formatNumber, formatPercent } from "@aerostic/ui/lib/format";
import { Link } from "@tanstack/react-router";
import { ChevronRight } from "lucide-react";
import { useEffect } from "react";
import { type TrackedLink, useLinks } from "@/features/link/api/links";
import { useThrottled } from "@/lib/use-live";
import type { Campaign } from "../api/campaigns";
import { delivered } from "../counts";

/** Clicks on the campaign's tracked links; nothing where it has none. */
export function ClicksCard({ campaign: { id, counts } }: { campaign: Campaign }) {
  const { data, refetch } = useLinks(id);
  const refresh = useThrottled(() => refetch(), 2000);
  // biome-ignore lint/correctness/useExhaustiveDependencies: read again when somebody clicked
  useEffect(refresh, [counts.clicked]);
  if (!data || data.links.length === 0) return null;
  const reached = delivered(counts);
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Clicks"
        description="People, each once. Previews and robots are not counted."
        divided
        action={
          <Link
            to="/campaigns/$id/clicks"
            params={{ id }}
            className="rounded-xs text-right outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring"
          >
            <span className="block font-semibold text-md">
              {formatNumber(counts.clicked)} {counts.clicked === 1 ? "person" : "people"}
            </span>
            <span className="block text-muted-foreground text-xs">{rate(counts.clicked, reached)}</span>
          </Link>
        }
      />
      <ul className="divide-y">
        {data.links.map((link) => (
          <li key={link.number}>
            <Row id={id} link={link} reached={reached} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

function rate(people: number, reached: number): string {
  return reached > 0 ? `${formatPercent(people, reached)} of those it reached` : "Nobody was reached yet";
}

function Row({ id, link, reached }: { id: string; link: TrackedLink; reached: number }) {
  return (
    <Link
      to="/campaigns/$id/clicks"
      params={{ id }}
      search={{ link: link.number }}
      className="flex items-center gap-3 px-4 py-3 outline-none hover:bg-muted/60 focus-visible:ring-2 focus-visible:ring-ring focus-visible:ring-inset"
    >
      <span className="min-w-0 flex-1">
        <span className="block truncate font-medium">{link.url}</span>
        <span className="block text-muted-foreground text-xs">{placeName(link.slot)}</span>
      </span>
      <span className="shrink-0 text-right">
        <span className="block font-medium">{formatNumber(link.people)}</span>
        <span className="block text-muted-foreground text-xs">
          {reached > 0 ? formatPercent(link.people, reached) : "–"} · {formatNumber(link.clicks)} clicks
        </span>
      </span>
      <ChevronRight aria-hidden className="size-4 shrink-0 text-muted-foreground" />
    </Link>
  );
}

/** "Button 1", "In the text": where a link stands, by the key of its place. */
export function placeName(slot: string): string {
  const button = /button\.(\d+)$/.exec(slot);
  return button ? `Button ${Number(button[1]) + 1}` : "In the text";
}
