import { useEffect, useMemo } from "react";
import { useMe } from "@/features/auth/api/me";
import { useMembers } from "@/features/team/api/members";
import { useLabels } from "./api/labels";
import { useClosingReasons } from "./api/reasons";
import { useTeams } from "./api/teams";
import type { Label, Named } from "./model";
import type { Names } from "./names";

const nobody: Named[] = [];
const noLabels: Label[] = [];

/** What the workspace's ids are called: members with oneself first, teams, labels and closing reasons. */
export function useWorkspaceNames(): Names {
  const me = useMe().user.id;
  const members = useMemberNames(me);
  const labels = useLabels().data?.items ?? noLabels;
  const teams = useTeams().data?.items ?? nobody;
  const given = useClosingReasons().data?.items;
  const reasons = useMemo(() => given?.filter(({ archived }) => !archived) ?? nobody, [given]);
  return useMemo(() => ({ me, members, teams, labels, reasons }), [me, members, teams, labels, reasons]);
}

function useMemberNames(me: string): Named[] {
  const { data, hasNextPage, isFetching, fetchNextPage } = useMembers();
  // The people of a workspace are some hundreds at most, and any of them may have written.
  useEffect(() => {
    if (hasNextPage && !isFetching) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage]);
  return useMemo(() => {
    const all = data?.pages.flatMap(({ items }) => items ?? []) ?? [];
    const named = all.map(({ userId, name, email }) => ({ id: userId, name: name || email }));
    return [...named.filter(({ id }) => id === me), ...named.filter(({ id }) => id !== me)];
  }, [data, me]);
}
