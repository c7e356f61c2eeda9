import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { cn } from "@aerostic/ui/lib/cn";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { CircleCheck, TriangleAlert } from "lucide-react";
import type { Attention } from "./attention";
import { useAttention } from "./use-attention";

const tones = { danger: "text-destructive", warning: "text-warning", info: "text-info" };
const most = 6;

/** What stops or slows sending, each with one verb. */
export function AttentionCard() {
  const list = useAttention();
  return (
    <Card className="overflow-hidden">
      <CardHeader
        title="Needs attention"
        divided
        action={list && list.length > 0 && <Badge tone="warning">{list.length}</Badge>}
      />
      {!list ? (
        <CardBody>
          <Skeleton className="mt-4 h-10" />
        </CardBody>
      ) : list.length === 0 ? (
        <p className="flex items-center gap-2 p-4 text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 text-success" /> All is well
        </p>
      ) : (
        <ul className="divide-y">
          {list.slice(0, most).map((item) => (
            <Item key={item.key} item={item} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Item({ item }: { item: Attention }) {
  return (
    <li className="flex items-start gap-3 px-4 py-3">
      <TriangleAlert aria-hidden className={cn("mt-0.5 size-4 shrink-0", tones[item.tone])} />
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere font-medium text-sm">{item.title}</p>
        <p className="line-clamp-2 text-muted-foreground text-xs">{item.note}</p>
      </div>
      <Button asChild size="sm">
        <Link {...item.target} aria-label={`${item.verb}: ${item.title}`}>
          {item.verb}
        </Link>
      </Button>
    </li>
  );
}
