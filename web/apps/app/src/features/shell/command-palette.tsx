import {
  CommandDialog,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@aerostic/ui/command";
import { Kbd } from "@aerostic/ui/kbd";
import { useNavigate } from "@tanstack/react-router";
import { Bell, Columns3, FilePlus2, type LucideIcon, Plus, Upload, UserRound } from "lucide-react";
import { type Permission, useMe } from "@/features/auth/api/me";
import { useNav } from "./nav";

interface Action {
  to:
    | "/campaigns/new"
    | "/contacts/import"
    | "/contacts/board"
    | "/templates/new"
    | "/profile"
    | "/settings/notifications";
  label: string;
  icon: LucideIcon;
  permission?: Permission;
}

const actions: Action[] = [
  { to: "/campaigns/new", label: "New campaign", icon: Plus, permission: "campaign.write" },
  { to: "/contacts/import", label: "Import contacts", icon: Upload, permission: "contact.import" },
  { to: "/contacts/board", label: "Board of contacts", icon: Columns3, permission: "contact.read" },
  { to: "/templates/new", label: "New template", icon: FilePlus2, permission: "template.write" },
  { to: "/profile", label: "Profile and security", icon: UserRound },
  { to: "/settings/notifications", label: "Notification settings", icon: Bell },
];

interface CommandPaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** ⌘K: every screen and the few actions people start from anywhere. */
export function CommandPalette({ open, onOpenChange }: CommandPaletteProps) {
  const navigate = useNavigate();
  const { permissions } = useMe();
  const items = useNav().flatMap((group) => group.items);
  const go = (to: Action["to"] | (typeof items)[number]["to"]) => {
    onOpenChange(false);
    navigate({ to });
  };
  return (
    <CommandDialog open={open} onOpenChange={onOpenChange} label="Search or jump to">
      <CommandInput placeholder="Search or jump to…" />
      <CommandList>
        <CommandEmpty>Nothing of that name.</CommandEmpty>
        <CommandGroup heading="Go to">
          {items.map(({ to, label, icon: Icon, key }) => (
            <CommandItem key={to} onSelect={() => go(to)}>
              <Icon />
              <span className="flex-1">{label}</span>
              <Kbd className="max-md:hidden">G {key.toUpperCase()}</Kbd>
            </CommandItem>
          ))}
        </CommandGroup>
        <CommandGroup heading="Actions">
          {actions
            .filter(({ permission }) => !permission || permissions.includes(permission))
            .map(({ to, label, icon: Icon }) => (
              <CommandItem key={to} onSelect={() => go(to)}>
                <Icon />
                {label}
              </CommandItem>
            ))}
        </CommandGroup>
      </CommandList>
    </CommandDialog>
  );
}
