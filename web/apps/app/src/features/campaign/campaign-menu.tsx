import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { useNavigate } from "@tanstack/react-router";
import { CalendarX, Copy, Ellipsis, Pause, Play, Scale, Trash2, X } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import type { Campaign } from "./api/campaigns";
import { type CampaignAction, ConfirmAction } from "./confirm-action";
import { mayBe } from "./status";
import { useCopyCampaign } from "./use-copy";

/** What can be done with a campaign in its status, behind three dots. */
export function CampaignMenu({
  campaign,
  onDone,
}: {
  campaign: Campaign;
  onDone?: (action: CampaignAction) => void;
}) {
  const [action, setAction] = useState<CampaignAction>();
  const maySend = useCan("campaign.send");
  const mayWrite = useCan("campaign.write");
  const copy = useCopyCampaign();
  const navigate = useNavigate();
  const { status } = campaign;
  if (!mayWrite && !maySend) return null;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`Actions for ${campaign.name}`}>
            <Ellipsis />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {maySend && mayBe.paused(status) && (
            <DropdownMenuItem onSelect={() => setAction("pause")}>
              <Pause /> Pause
            </DropdownMenuItem>
          )}
          {maySend && mayBe.resumed(status) && (
            <DropdownMenuItem onSelect={() => setAction("resume")}>
              <Play /> Resume
            </DropdownMenuItem>
          )}
          {maySend && mayBe.unscheduled(status) && (
            <DropdownMenuItem onSelect={() => setAction("unschedule")}>
              <CalendarX /> Make it a draft
            </DropdownMenuItem>
          )}
          {mayBe.compared(status) && (
            <DropdownMenuItem
              onSelect={() => void navigate({ to: "/campaigns/compare", search: { id: [campaign.id] } })}
            >
              <Scale /> Compare
            </DropdownMenuItem>
          )}
          {mayWrite && (
            <DropdownMenuItem onSelect={() => void copy(campaign)}>
              <Copy /> Copy
            </DropdownMenuItem>
          )}
          {maySend && mayBe.cancelled(status) && (
            <DropdownMenuItem tone="danger" onSelect={() => setAction("cancel")}>
              <X /> {status === "repeating" ? "Stop the series" : "Cancel"}
            </DropdownMenuItem>
          )}
          {mayWrite && mayBe.edited(status) && (
            <DropdownMenuItem tone="danger" onSelect={() => setAction("delete")}>
              <Trash2 /> Delete
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      <ConfirmAction
        campaign={campaign}
        action={action}
        onClose={() => setAction(undefined)}
        onDone={onDone}
      />
    </>
  );
}
