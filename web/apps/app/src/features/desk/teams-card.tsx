import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { MultiCombobox } from "@aerostic/ui/multi-combobox";
import { useState } from "react";
import { useTeams } from "@/features/conversation/api/teams";
import { SettingCard } from "@/features/settings/setting-card";
import { SettingDialog } from "@/features/settings/setting-dialog";
import { SettingRow } from "@/features/settings/setting-row";
import { type Team, useTeamActions } from "./api/desk";
import { usePeople } from "./use-people";

/** People who share conversations. */
export function TeamsCard() {
  const teams = useTeams();
  const people = usePeople();
  const { remove } = useTeamActions();
  const [open, setOpen] = useState<Team | "new">();
  const list = (teams.data?.items ?? []) as Team[];
  const namesOf = ({ members }: Team) =>
    people
      .filter(({ value }) => members?.includes(value))
      .map(({ label }) => label)
      .join(", ") || "Nobody yet";
  return (
    <>
      <SettingCard
        title="Teams"
        description="People who share conversations. Rules give conversations to a team."
        add="New team"
        onAdd={() => setOpen("new")}
        query={teams}
        empty={
          list.length === 0 &&
          "There is no team yet. Make one for sales or returns, say, and choose its people."
        }
        problem={remove.error}
      >
        <ul className="flex flex-col divide-y">
          {list.map((team) => (
            <SettingRow
              key={team.id}
              name={team.name}
              detail={namesOf(team)}
              onChange={() => setOpen(team)}
              onRemove={() => remove.mutate({ params: { path: { id: team.id } } })}
            />
          ))}
        </ul>
      </SettingCard>
      {open && <TeamDialog team={open === "new" ? undefined : open} onClose={() => setOpen(undefined)} />}
    </>
  );
}

function TeamDialog({ team, onClose }: { team?: Team; onClose: () => void }) {
  const people = usePeople();
  const { create, save } = useTeamActions();
  const [name, setName] = useState(team?.name ?? "");
  const [members, setMembers] = useState<string[]>(team?.members ?? []);
  const body = { name, members };
  return (
    <SettingDialog
      title={team ? team.name : "New team"}
      onClose={onClose}
      onSave={() =>
        team ? save.mutateAsync({ params: { path: { id: team.id } }, body }) : create.mutateAsync({ body })
      }
    >
      <Field label="Name">
        <Input
          autoFocus
          dir="auto"
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label="People">
        <MultiCombobox
          search="Search people"
          placeholder="Choose people"
          options={people}
          value={members}
          onValueChange={setMembers}
        />
      </Field>
    </SettingDialog>
  );
}
