import { Dialog, DialogContent } from "@aerostic/ui/dialog";
import { Kbd } from "@aerostic/ui/kbd";

const mac = /Mac|iPhone|iPad/.test(navigator.userAgent);

const keys: [string[], string][] = [
  [["J", "↓"], "Next conversation"],
  [["K", "↑"], "Previous conversation"],
  [["Enter"], "Open it"],
  [["R"], "Reply"],
  [["N"], "Private note"],
  [["/"], "Canned replies, while writing"],
  [["@"], "Mention somebody, in a note"],
  [["A"], "Assign"],
  [["E"], "Resolve, or open again"],
  [["S"], "Snooze and other states"],
  [["L"], "Labels"],
  [["U"], "Mark as unread"],
  [["X"], "Select it for a bulk action"],
  [[mac ? "⌘" : "Ctrl", "Enter"], "Send and resolve"],
  [["Esc"], "Back"],
  [["?"], "These keys"],
];

/** The keys of the inbox; opens with "?". */
export function KeysDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange}>
      <DialogContent title="Keys" size="sm">
        <dl className="grid grid-cols-[auto_1fr] items-center gap-x-4 gap-y-1.5 text-sm">
          {keys.map(([names, what]) => (
            <div key={what} className="contents">
              <dt className="flex gap-1">
                {names.map((name) => (
                  <Kbd key={name}>{name}</Kbd>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </DialogContent>
    </Dialog>
  );
}
