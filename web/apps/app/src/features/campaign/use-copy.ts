import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { useOnce } from "@/lib/use-once";
import type { Campaign } from "./api/campaigns";
import { useCreateCampaign } from "./api/create";
import { contentOf } from "./wizard/use-draft";

/** Makes a draft with the same content and opens it. */
export function useCopyCampaign() {
  const create = useCreateCampaign();
  const once = useOnce();
  const navigate = useNavigate();
  return async (campaign: Campaign) => {
    const body = { ...contentOf(campaign), name: copyName(campaign.name) };
    try {
      const copy = await once(body, (header) => create.mutateAsync({ body, params: { header } }));
      await navigate({ to: "/campaigns/$id/edit", params: { id: copy.id }, search: { step: "basics" } });
    } catch {
      toast.error("Could not copy the campaign");
    }
  };
}

const longestName = 120;

function copyName(name: string): string {
  return [...`Copy of ${name}`].slice(0, longestName).join("");
}
