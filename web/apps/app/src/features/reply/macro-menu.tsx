import { Button } from "@aerostic/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { Zap } from "lucide-react";
import { useMacroRuns } from "./use-macros";

/** Runs a macro on conversations; without macros it is not there. */
export function MacroMenu({ ids, onDone }: { ids: string[]; onDone?: () => void }) {
  const { macros, run, busy } = useMacroRuns(ids, onDone);
  if (macros.length === 0) return null;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" size="icon" aria-label="Run a macro" loading={busy}>
          {!busy && <Zap />}
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="max-h-96">
        <DropdownMenuLabel>Macros</DropdownMenuLabel>
        {macros.map(({ id, name }) => (
          <DropdownMenuItem key={id} onSelect={() => run(id, name)}>
            <bdi className="truncate">{name}</bdi>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

/** The same among the entries of another menu, which stays while a macro runs. */
export function macroItems({ macros, run }: ReturnType<typeof useMacroRuns>, className?: string) {
  return macros.map(({ id, name }) => (
    <DropdownMenuItem key={id} className={className} onSelect={() => run(id, name)}>
      <Zap /> <bdi className="truncate">{name}</bdi>
    </DropdownMenuItem>
  ));
}
