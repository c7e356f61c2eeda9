import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { formatNumber } from "@aerostic/ui/lib/format";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { Target } from "lucide-react";
import { useCan } from "@/features/auth/api/me";
import { useOnce } from "@/lib/use-once";
import type { Campaign } from "../api/campaigns";
import { type RetargetResult, useRetarget } from "../api/results";
import { retargets } from "../retarget";

/** One click from a result to a draft for its people; who opted out is left out. */
export function RetargetMenu({ campaign }: { campaign: Campaign }) {
  const retarget = useRetarget();
  const once = useOnce();
  const navigate = useNavigate();
  if (!useCan("campaign.write")) return null;
  const make = async (result: RetargetResult) => {
    const body = { result };
    const draft = await once({ ...body, id: campaign.id }, (header) =>
      retarget.mutateAsync({ params: { path: { id: campaign.id }, header }, body }),
    ).catch(() => undefined);
    if (!draft) return void toast.error("Could not make the draft");
    await navigate({ to: "/campaigns/$id/edit", params: { id: draft.id }, search: { step: "audience" } });
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button aria-label="Write again to">
          <Target /> <span className="max-sm:hidden">Write again to</span>
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        {retargets.map(({ result, label, people }) => (
          <DropdownMenuItem
            key={result}
            disabled={people(campaign.counts) === 0}
            onSelect={() => void make(result)}
          >
            {label}
            <span className="ml-auto pl-6 text-muted-foreground text-xs">
              {result === "read_no_reply" || result === "not_clicked" ? "up to " : ""}
              {formatNumber(people(campaign.counts))}
            </span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
