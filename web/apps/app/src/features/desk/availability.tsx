import { DropdownMenuCheckboxItem } from "@aerostic/ui/dropdown-menu";
import { useMe } from "@/features/auth/api/me";
import { useDeskMembers } from "@/features/conversation/api/desk";
import { useSetDeskMember } from "./api/desk";

/** In one's own menu: whether one takes conversations. */
export function AvailabilityItem() {
  const me = useMe().user.id;
  const { data } = useDeskMembers(true);
  const set = useSetDeskMember();
  const mine = data?.items?.find(({ userId }) => userId === me);
  if (!mine) return null;
  return (
    <DropdownMenuCheckboxItem
      checked={!mine.away}
      onCheckedChange={(on) =>
        set.mutate({ params: { path: { id: me } }, body: { away: !on, capacity: mine.capacity } })
      }
    >
      Takes conversations
    </DropdownMenuCheckboxItem>
  );
}
