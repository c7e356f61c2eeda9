import { $api } from "@aerostic/api-client";
import type { ComboOption } from "@aerostic/ui/combobox";
import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useCampaigns } from "@/features/campaign/api/campaigns";

/** The latest campaigns, those found by what was typed, and those chosen before, each by its name. */
export function useCampaignOptions(latest: ComboOption[], chosen: readonly string[]) {
  const [text, onSearch] = useState("");
  const q = useDebouncedValue(text);
  const { data } = useCampaigns({ q, limit: 50 }, { enabled: q !== "" });
  const found = data?.pages[0]?.items ?? [];
  const listed = new Set(latest.map(({ value }) => value));
  const others = useQueries({
    queries: chosen
      .filter((id) => !listed.has(id))
      .map((id) => $api.queryOptions("get", "/api/campaigns/{id}", { params: { path: { id } } })),
  });
  const named = [...found, ...others.flatMap((one) => one.data ?? [])].map(({ id, name }) => ({
    value: id,
    label: name,
  }));
  const options = [...new Map([...latest, ...named].map((one) => [one.value, one])).values()];
  return { options, onSearch };
}
