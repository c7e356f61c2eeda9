import { Button } from "@aerostic/ui/button";
import { Input } from "@aerostic/ui/input";
import { Popover, PopoverContent, PopoverTrigger } from "@aerostic/ui/popover";
import { Tooltip } from "@aerostic/ui/tooltip";
import { Search, Smile } from "lucide-react";
import { type KeyboardEvent, useRef, useState } from "react";
import { findEmoji } from "./emoji";

const across = 8;

/** A button that opens the emoji; the arrows walk over them. */
export function EmojiPicker({ onPick }: { onPick: (emoji: string) => void }) {
  const [open, setOpen] = useState(false);
  return (
    <Popover open={open} onOpenChange={setOpen}>
      <Tooltip label="Emoji">
        <PopoverTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Emoji">
            <Smile />
          </Button>
        </PopoverTrigger>
      </Tooltip>
      <PopoverContent side="top" align="start" className="w-80 p-2" aria-label="Emoji">
        <Grid
          onPick={(one) => {
            onPick(one);
            setOpen(false);
          }}
        />
      </PopoverContent>
    </Popover>
  );
}

function Grid({ onPick }: { onPick: (emoji: string) => void }) {
  const [text, setText] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const found = findEmoji(text);
  const walk = (event: KeyboardEvent) => {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: across, ArrowUp: -across }[event.key];
    if (!by || !grid.current) return;
    const all = [...grid.current.querySelectorAll("button")];
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (at < 0 && event.key !== "ArrowDown") return;
    event.preventDefault();
    all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))]?.focus();
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the arrow keys are an extra to Tab
    <div onKeyDown={walk} className="flex flex-col gap-2">
      <Input
        aria-label="Search emoji"
        placeholder="Search emoji"
        prefix={<Search />}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          const first = found[0]?.all[0]?.[0];
          if (event.key === "Enter" && first) onPick(first);
        }}
      />
      <div ref={grid} className="scroll-pane max-h-60">
        {found.length === 0 && <p className="py-6 text-center text-muted-foreground">Nothing found</p>}
        {found.map(({ name, all }) => (
          <section key={name} aria-label={name}>
            <p className="px-1 py-1 text-2xs text-muted-foreground">{name}</p>
            <div className="grid grid-cols-8">
              {all.map(([one, words]) => (
                <button
                  key={one}
                  type="button"
                  aria-label={words.split(" ")[0]}
                  title={words}
                  onClick={() => onPick(one)}
                  className="focus-ring flex size-9 items-center justify-center rounded-md border border-transparent text-lg hover:bg-accent"
                >
                  {one}
                </button>
              ))}
            </div>
          </section>
        ))}
      </div>
    </div>
  );
}
