import { Badge } from "@aerostic/ui/badge";
import { Input } from "@aerostic/ui/input";
import { formatCount } from "@aerostic/ui/lib/format";
import { Switch } from "@aerostic/ui/switch";
import { useEffect, useState } from "react";
import { useDeskMembers } from "@/features/conversation/api/desk";
import { SettingCard } from "@/features/settings/setting-card";
import { type DeskMember, useSetDeskMember } from "./api/desk";
import { usePeople } from "./use-people";

/** Who is there, how busy they are, and how many conversations each takes. */
export function MembersCard() {
  const members = useDeskMembers(true);
  const people = usePeople();
  const set = useSetDeskMember();
  const list = (members.data?.items ?? []) as DeskMember[];
  const save = (member: DeskMember, change: Partial<Pick<DeskMember, "away" | "capacity">>) =>
    set.mutate({
      params: { path: { id: member.userId } },
      body: { away: member.away, capacity: member.capacity, ...change },
    });
  return (
    <SettingCard
      title="Who is there"
      description="Rules give conversations to people who are there and have room. 0 at most: no limit."
      query={members}
      problem={set.error}
    >
      <ul className="flex flex-col divide-y">
        {list.map((member) => (
          <Person
            key={member.userId}
            name={people.find(({ value }) => value === member.userId)?.label ?? "…"}
            member={member}
            onSave={(change) => save(member, change)}
          />
        ))}
      </ul>
    </SettingCard>
  );
}

interface PersonProps {
  name: string;
  member: DeskMember;
  onSave: (change: Partial<Pick<DeskMember, "away" | "capacity">>) => void;
}

function Person({ name, member, onSave }: PersonProps) {
  const [most, setMost] = useState(String(member.capacity));
  useEffect(() => setMost(String(member.capacity)), [member.capacity]);
  const keep = () => Number(most) !== member.capacity && onSave({ capacity: Number(most) || 0 });
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-2.5">
      <div className="min-w-40 flex-1">
        <p className="flex items-center gap-2 font-medium text-sm" dir="auto">
          {name}
          <Badge dot tone={member.online ? "success" : "neutral"}>
            {member.online ? "There" : member.away ? "Away" : "Not here"}
          </Badge>
        </p>
        <p className="text-muted-foreground text-xs">{formatCount(member.open, "open conversation")}</p>
      </div>
      <span className="flex items-center gap-2 text-muted-foreground text-xs">
        <span aria-hidden>At most</span>
        <Input
          aria-label={`Conversations ${name} takes at most`}
          inputMode="numeric"
          className="w-16"
          value={most}
          onChange={(event) => setMost(event.target.value.replace(/\D/g, "").slice(0, 4))}
          onBlur={keep}
          onKeyDown={(event) => event.key === "Enter" && keep()}
        />
      </span>
      <span className="flex items-center gap-2 text-muted-foreground text-xs">
        <span aria-hidden>Takes conversations</span>
        <Switch
          aria-label={`${name} takes conversations`}
          checked={!member.away}
          onCheckedChange={(on) => onSave({ away: !on })}
        />
      </span>
    </li>
  );
}
