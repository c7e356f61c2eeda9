import { Button } from "@aerostic/ui/button";

const places = [
  { place: "{{contact.first_name|there}}", label: "First name" },
  { place: "{{contact.name}}", label: "Whole name" },
  { place: "{{agent.name}}", label: "Your name" },
  { place: "{{workspace.name}}", label: "Your business" },
];

/** What a text can have filled in; a click puts it at the end. */
export function Places({ onPick }: { onPick: (place: string) => void }) {
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      <span className="text-muted-foreground text-xs">Fill in</span>
      {places.map(({ place, label }) => (
        <Button key={place} size="xs" onClick={() => onPick(place)}>
          {label}
        </Button>
      ))}
      <span className="text-muted-foreground text-xs">
        or {"{{contact.field.city|your city}}"}; after | stands what is written when nothing is known.
      </span>
    </div>
  );
}
