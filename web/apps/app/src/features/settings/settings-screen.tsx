import { Button } from "@aerostic/ui/button";
import { Card, CardHeader } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { useCan } from "@/features/auth/api/me";
import { DomainsCard } from "@/features/link/domains-card";
import { Page, PageBody } from "@/features/shell/page";
import { useWorkspace } from "./api/workspace";
import { ApprovalCard } from "./approval-card";
import { GeneralCard } from "./general-card";
import { HolidaysCard } from "./holidays-card";
import { RulesCard } from "./rules-card";

/** The workspace: its name and zone, and the rules every marketing message obeys. */
export function SettingsScreen() {
  const { data, error, refetch } = useWorkspace();
  const canWrite = useCan("settings.write");
  const canManageInbox = useCan("inbox.manage");
  return (
    <Page title="Settings">
      <PageBody width="form">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!error && !data && (
          <Card role="status" aria-label="Loading settings" className="gap-3 p-4">
            <Skeleton className="w-1/3" />
            <Skeleton className="h-24" />
          </Card>
        )}
        {data && (
          <>
            <GeneralCard workspace={data} canWrite={canWrite} />
            <RulesCard workspace={data} canWrite={canWrite} />
            <DomainsCard canWrite={canWrite} />
            <ApprovalCard workspace={data} canWrite={canWrite} />
            <HolidaysCard canWrite={canWrite} />
            {canManageInbox && <InboxLink />}
          </>
        )}
      </PageBody>
    </Page>
  );
}

function InboxLink() {
  return (
    <Card>
      <CardHeader
        title="Inbox"
        description="Teams and assignment, business hours, SLA policies, ratings, canned replies, macros, labels."
        action={
          <Button asChild size="sm">
            <Link to="/settings/inbox">Open inbox settings</Link>
          </Button>
        }
      />
    </Card>
  );
}
