import { Button } from "@aerostic/ui/button";
import { ArrowUp, Trash2 } from "lucide-react";
import type { ReactNode } from "react";

interface SettingRowProps {
  name: string;
  detail?: ReactNode;
  badge?: ReactNode;
  onChange?: () => void;
  onRemove?: () => void;
  /** Moves it one place up. */
  onRaise?: () => void;
}

/** One thing of a list of settings, with what can be done with it. */
export function SettingRow({ name, detail, badge, onChange, onRemove, onRaise }: SettingRowProps) {
  return (
    <li className="flex items-start gap-2 py-2.5">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2">
          <span className="wrap-anywhere font-medium text-sm" dir="auto">
            {name}
          </span>
          {badge}
        </p>
        {detail && <div className="wrap-anywhere text-muted-foreground text-xs">{detail}</div>}
      </div>
      {onRaise && (
        <Button variant="ghost" size="icon-sm" aria-label={`Move ${name} up`} onClick={onRaise}>
          <ArrowUp />
        </Button>
      )}
      {onChange && (
        <Button size="sm" aria-label={`Change ${name}`} onClick={onChange}>
          Change
        </Button>
      )}
      {onRemove && (
        <Button variant="ghost" size="icon-sm" aria-label={`Remove ${name}`} onClick={onRemove}>
          <Trash2 />
        </Button>
      )}
    </li>
  );
}

/** All ids with the one at a place moved one up. */
export function raised(ids: string[], at: number): string[] {
  const rest = ids.toSpliced(at, 1);
  return rest.toSpliced(at - 1, 0, ...ids.slice(at, at + 1));
}
