import { useCallback, useState } from "react";
import { useAutosave } from "@/lib/use-autosave";
import type { Campaign } from "../api/campaigns";
import { type CampaignChange, useEditCampaign } from "../api/edit";
import type { DraftContent } from "./steps";

/** A draft that is saved as one goes: changes show at once. */
export function useDraft(campaign: Campaign) {
  const [content, setContent] = useState<DraftContent>(() => contentOf(campaign));
  const { mutateAsync, error } = useEditCampaign();
  const { id } = campaign;
  const send = useCallback(
    (body: CampaignChange) => mutateAsync({ params: { path: { id } }, body }),
    [id, mutateAsync],
  );
  const { soon, flush, state } = useAutosave(send);
  const change = useCallback(
    (part: Partial<DraftContent>) => {
      setContent((old) => ({ ...old, ...part }));
      soon(toChange(part));
    },
    [soon],
  );
  return { content, change, flush, state, error };
}

export type Draft = ReturnType<typeof useDraft>;

/** What of a campaign is written in the wizard. */
export function contentOf(campaign: Campaign): DraftContent {
  const { name, channelId, templateId, byLanguage, audience, mapping, budgetCap } = campaign;
  const { experiment, holdOut, windowDays, retryDays, route } = campaign;
  return {
    name,
    channelId,
    templateId,
    byLanguage,
    audience,
    mapping,
    budgetCap,
    experiment,
    holdOut,
    windowDays,
    retryDays,
    route,
  };
}

/** What the server takes for "no test". */
const noTest = { weight: 1, others: [] };

/** What the server takes: it refuses an empty name, knows "no cap" as zero and "no test" as no others. */
function toChange(part: Partial<DraftContent>): CampaignChange {
  const { name, budgetCap, experiment, ...others } = part;
  return {
    ...others,
    ...(name?.trim() ? { name } : {}),
    ...("budgetCap" in part ? { budgetCap: budgetCap ?? 0 } : {}),
    ...("experiment" in part ? { experiment: experiment ?? noTest } : {}),
  };
}
