import { Avatar } from "@aerostic/ui/avatar";
import type { ComboOption } from "@aerostic/ui/combobox";
import { useEffect, useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { useMembers } from "@/features/team/api/members";
import { nobody } from "./stage-options";

/** The members as a Combobox offers them: oneself first, after "Nobody". */
export function useOwnerOptions() {
  const me = useMe().user.id;
  const { data, hasNextPage, isFetching, fetchNextPage } = useMembers();
  // The people of a workspace are some hundreds at most, and any of them may own a contact.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return useMemo(() => {
    const members = data?.pages.flatMap(({ items }) => items ?? []) ?? [];
    const own = members.filter(({ userId }) => userId === me);
    const others = members.filter(({ userId }) => userId !== me);
    const options: ComboOption[] = [
      { value: nobody, label: "Nobody" },
      ...[...own, ...others].map(({ userId, name, email }) => ({
        value: userId,
        label: name || email,
        hint: userId === me ? "You" : undefined,
        icon: <Avatar name={name || email} size="sm" />,
        keywords: [email],
      })),
    ];
    return { options, nameOf: (id: string) => options.find(({ value }) => value === id)?.label };
  }, [data, me]);
}

/** Whose contact it is; somebody who just left is on the way out. */
export function OwnerName({ id, options }: { id: string; options: ReturnType<typeof useOwnerOptions> }) {
  const name = options.nameOf(id) ?? "Former member";
  return (
    <span className="flex min-w-0 items-center gap-1.5">
      <Avatar name={name} size="sm" />
      <span className="truncate" dir="auto">
        {name}
      </span>
    </span>
  );
}
