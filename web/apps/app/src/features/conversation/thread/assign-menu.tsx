import { Avatar } from "@aerostic/ui/avatar";
import { Button } from "@aerostic/ui/button";
import { ComboMenu, type ComboOption } from "@aerostic/ui/combo-menu";
import { Popover, PopoverContent, PopoverTrigger } from "@aerostic/ui/popover";
import { UserPlus, UsersRound, UserX } from "lucide-react";
import type { ReactElement } from "react";
import type { Named } from "../model";

/** As the server takes it: "none" takes the person or the team away. */
export type Assignment = { assigneeId: string } | { teamId: string };

interface AssignMenuProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  assignee?: Named;
  team?: Named;
  /** Oneself first. */
  members: Named[];
  teams: Named[];
  me: string;
  /** Who is at work now. */
  online?: ReadonlySet<string>;
  disabled?: boolean;
  onAssign: (to: Assignment) => void;
  /** Opens the menu for several conversations: who has them now is not said. */
  trigger?: ReactElement;
}

/** Who answers: a person, a team or nobody yet. */
export function AssignMenu(props: AssignMenuProps) {
  const { open, onOpenChange, assignee, team, disabled, onAssign } = props;
  const pick = (value: string) => {
    onOpenChange(false);
    const [kind, id = ""] = value.split("/");
    onAssign(kind === "team" ? { teamId: id || "none" } : { assigneeId: id || "none" });
  };
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>
        {props.trigger ?? <Trigger assignee={assignee} team={team} disabled={disabled} />}
      </PopoverTrigger>
      <PopoverContent align="end" className="w-64 overflow-hidden p-0" aria-label="Assign">
        <ComboMenu
          search="Search people and teams"
          options={optionsOf(props)}
          chosen={props.trigger ? [] : [`user/${assignee?.id ?? ""}`, `team/${team?.id ?? "none"}`]}
          onPick={pick}
        />
      </PopoverContent>
    </Popover>
  );
}

function Trigger({ assignee, team, ...props }: { assignee?: Named; team?: Named; disabled?: boolean }) {
  const name = assignee?.name ?? team?.name;
  return (
    <Button {...props} aria-label={name ? `Assigned to ${name}` : "Assign"}>
      {assignee ? (
        <Avatar name={assignee.name} size="sm" className="-ml-1 size-5" />
      ) : team ? (
        <UsersRound />
      ) : (
        <UserPlus />
      )}
      <span className="max-w-24 truncate max-xl:hidden">{name ?? "Assign"}</span>
    </Button>
  );
}

function optionsOf({ members, teams, team, me, online }: AssignMenuProps): ComboOption[] {
  const people: ComboOption[] = [
    { value: "user/", label: "Nobody", icon: <UserX />, group: "People" },
    ...members.map(({ id, name }) => ({
      value: `user/${id}`,
      label: name,
      icon: <Avatar name={name} size="sm" />,
      hint: id === me ? "You" : online?.has(id) ? "Online" : undefined,
      group: "People",
    })),
  ];
  const groups = teams.map(({ id, name }) => ({
    value: `team/${id}`,
    label: name,
    icon: <UsersRound />,
    group: "Teams",
  }));
  if (team) groups.unshift({ value: "team/", label: "No team", icon: <UserX />, group: "Teams" });
  return [...people, ...groups];
}
