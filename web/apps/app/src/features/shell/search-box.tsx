import { useDebouncedValue } from "@aerostic/ui/hooks/use-debounced-value";
import { Input } from "@aerostic/ui/input";
import { Search } from "lucide-react";
import { useEffect, useState } from "react";

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

/** Tells what was typed once typing rests; follows the value when it changes otherwise. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const [text, setText] = useState(value);
  const rested = useDebouncedValue(text);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only what was typed is told
  useEffect(() => {
    if (rested !== value) onChange(rested);
  }, [rested]);
  useEffect(() => setText(value), [value]);
  return (
    <span className="w-56 max-sm:w-full">
      <Input
        type="search"
        aria-label={label}
        placeholder={label}
        prefix={<Search />}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
    </span>
  );
}
