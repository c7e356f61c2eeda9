import { Avatar } from "@aerostic/ui/avatar";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@aerostic/ui/dropdown-menu";
import { useTheme } from "@aerostic/ui/hooks/use-theme";
import { cn } from "@aerostic/ui/lib/cn";
import type { Theme } from "@aerostic/ui/lib/theme";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { ChevronsUpDown, LogOut, MessageSquareText, Monitor, Moon, Sun, UserRound } from "lucide-react";
import { useLogout } from "@/features/auth/api/logout";
import { useAccount, useMe } from "@/features/auth/api/me";
import { AvailabilityItem } from "@/features/desk/availability";

const themes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "system", label: "Like the system", icon: Monitor },
];

/** The person, their profile, the theme and the way out. */
export function UserMenu({ rail }: { rail: boolean }) {
  const { user, permissions } = useMe();
  const [theme, setTheme] = useTheme();
  const logout = useLogout();
  const inInbox = useAccount().tenant !== undefined && permissions.includes("inbox.reply");
  const signOut = () =>
    logout.mutate(
      {},
      { onError: (error) => toast.error("Could not sign out", { description: error.detail }) },
    );
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        aria-label={`Account of ${user.name}`}
        className={cn(
          "focus-ring flex h-11 w-full items-center gap-2.5 rounded-md border border-transparent px-1.5 text-left hover:bg-accent",
          rail && "justify-center px-0",
        )}
      >
        <Avatar name={user.name} />
        {!rail && (
          <>
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium text-sm leading-4">{user.name}</span>
              <span className="block truncate text-2xs text-muted-foreground">{user.email}</span>
            </span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          </>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-56">
        <DropdownMenuItem asChild>
          <Link to="/profile">
            <UserRound /> Profile and security
          </Link>
        </DropdownMenuItem>
        {inInbox && (
          <>
            <DropdownMenuItem asChild>
              <Link to="/settings/inbox" search={{ view: "replies" }}>
                <MessageSquareText /> Canned replies
              </Link>
            </DropdownMenuItem>
            <AvailabilityItem />
          </>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup value={theme} onValueChange={(value) => setTheme(value as Theme)}>
          {themes.map(({ value, label, icon: Icon }) => (
            <DropdownMenuRadioItem key={value} value={value}>
              <Icon /> {label}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={signOut}>
          <LogOut /> Sign out
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
