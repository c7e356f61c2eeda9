import { Button } from "@aerostic/ui/button";
import { Combobox } from "@aerostic/ui/combobox";
import { Filter } from "lucide-react";
import { useState } from "react";
import { useSegments } from "@/features/segment/api/segments";
import { ConditionsSheet } from "@/features/segment/conditions-sheet";
import { isEverybody, parseQuery } from "@/features/segment/query";
import type { ContactsSearch } from "./contacts-search";

const all = "all";

interface SegmentFilterProps {
  search: ContactsSearch;
  onChange: (change: Partial<ContactsSearch>) => void;
}

/** Narrows the list to a saved segment, or by conditions made for it. */
export function SegmentFilter({ search, onChange }: SegmentFilterProps) {
  const { data } = useSegments();
  const [asking, setAsking] = useState(false);
  const options = (data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  return (
    <>
      <Combobox
        aria-label="Segment"
        className="w-36 shrink-0 text-sm"
        options={[{ value: all, label: "All segments" }, ...options]}
        value={search.segment ?? all}
        placeholder="A deleted segment"
        onValueChange={(segment) => onChange({ segment: segment === all ? undefined : segment })}
        search="Search segments"
      />
      <Button
        className="shrink-0"
        aria-pressed={Boolean(search.where)}
        variant={search.where ? "primary" : undefined}
        onClick={() => setAsking(true)}
      >
        <Filter /> Conditions
      </Button>
      <ConditionsSheet
        open={asking}
        onOpenChange={setAsking}
        query={parseQuery(search.where) ?? {}}
        onApply={(query) => {
          setAsking(false);
          onChange({ where: isEverybody(query) ? undefined : JSON.stringify(query) });
        }}
      />
    </>
  );
}
