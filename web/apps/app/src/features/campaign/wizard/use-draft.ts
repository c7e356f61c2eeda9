import { useCallback, useEffect, useRef, useState } from "react";
import type { Campaign } from "../api/campaigns";
import { type CampaignChange, useEditCampaign } from "../api/edit";
import type { DraftContent } from "./steps";

const rest = 500;

export type SaveState = "saved" | "waiting" | "saving" | "failed";

/**
 * A draft that is saved as one goes: changes show at once and are sent when they rest, one call after
 * the other. What could not be saved stays and goes along with the next try.
 */
export function useDraft(campaign: Campaign) {
  const [content, setContent] = useState<DraftContent>(() => contentOf(campaign));
  const [state, setState] = useState<SaveState>("saved");
  const pending = useRef<CampaignChange>({});
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { mutateAsync, error } = useEditCampaign();
  const { id } = campaign;

  const flush = useCallback((): Promise<boolean> => {
    clearTimeout(timer.current);
    const next = line.current.then(async () => {
      const body = pending.current;
      if (Object.keys(body).length === 0) return true;
      pending.current = {};
      setState("saving");
      try {
        await mutateAsync({ params: { path: { id } }, body });
        setState(Object.keys(pending.current).length > 0 ? "waiting" : "saved");
        return true;
      } catch {
        pending.current = { ...body, ...pending.current };
        setState("failed");
        return false;
      }
    });
    line.current = next;
    return next;
  }, [id, mutateAsync]);

  const change = useCallback(
    (part: Partial<DraftContent>) => {
      setContent((old) => ({ ...old, ...part }));
      Object.assign(pending.current, toChange(part));
      if (Object.keys(pending.current).length === 0) return;
      setState("waiting");
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), rest);
    },
    [flush],
  );

  useEffect(() => () => void flush(), [flush]);
  useEffect(() => {
    if (state === "saved") return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", warn);
    return () => removeEventListener("beforeunload", warn);
  }, [state]);

  return { content, change, flush, state, error };
}

export type Draft = ReturnType<typeof useDraft>;

function contentOf(campaign: Campaign): DraftContent {
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
