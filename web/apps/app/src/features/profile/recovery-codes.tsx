import { Button } from "@aerostic/ui/button";
import { CopyButton } from "@aerostic/ui/copy-button";
import { DialogContent } from "@aerostic/ui/dialog";
import { Download } from "lucide-react";

/** The codes, shown once: for copying and for keeping as a file. */
export function RecoveryCodes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  return (
    <DialogContent
      title="Keep your recovery codes"
      description="Each works once when you do not have your phone. They are not shown again."
      onInteractOutside={(event) => event.preventDefault()}
      footer={
        <Button variant="primary" onClick={onDone}>
          I have kept them
        </Button>
      }
    >
      <ul className="grid grid-cols-2 gap-x-6 gap-y-1.5 rounded-lg border bg-muted/60 p-4 font-mono text-sm">
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton value={codes.join("\n")} what="recovery codes">
          Copy
        </CopyButton>
        <Button onClick={() => saveAsFile(codes)}>
          <Download /> Save as file
        </Button>
      </div>
    </DialogContent>
  );
}

function saveAsFile(codes: string[]) {
  const text = `Recovery codes for Aerostic. Each works once.\n\n${codes.join("\n")}\n`;
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  Object.assign(document.createElement("a"), { href: url, download: "aerostic-recovery-codes.txt" }).click();
  URL.revokeObjectURL(url);
}
