import { Badge } from "@aerostic/ui/badge";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { cn } from "@aerostic/ui/lib/cn";
import { LogoMark } from "@aerostic/ui/logo";
import { toast } from "@aerostic/ui/toast";
import { ChevronsUpDown } from "lucide-react";
import { useAccount } from "@/features/auth/api/me";
import { useSwitch } from "@/features/auth/api/switch";

/** Which workspace this is; with several, the way to another. */
export function WorkspaceMenu({ rail }: { rail: boolean }) {
  const { tenant, role, tenants } = useAccount();
  const name = tenant?.name ?? "Aerostic";
  const change = useSwitch();
  const switchTo = (tenantId: string) => {
    if (tenantId === tenant?.id) return;
    change.mutate(
      { body: { tenantId } },
      {
        // A full load: nothing of the one workspace may linger in the other.
        onSuccess: () => location.assign("/overview"),
        onError: (error) => toast.error("Could not change workspace", { description: error.detail }),
      },
    );
  };
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Workspace ${name}`}
        className={cn(
          "focus-ring flex h-11 items-center gap-2.5 rounded-md border border-transparent px-1.5 text-left hover:bg-accent",
          rail && "justify-center px-0",
        )}
      >
        <LogoMark />
        {!rail && (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-semibold text-sm leading-4 tracking-title">{name}</span>
              <span className="block truncate text-2xs text-muted-foreground capitalize">
                {role ?? "Operator"}
              </span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="w-60">
        <DropdownMenuLabel>Workspaces</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={tenant?.id ?? ""} onValueChange={switchTo}>
          {tenants.map((one) => (
            <DropdownMenuRadioItem key={one.id} value={one.id}>
              <span className="min-w-0 flex-1 truncate">{one.name}</span>
              <Badge className="capitalize">{one.role}</Badge>
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
