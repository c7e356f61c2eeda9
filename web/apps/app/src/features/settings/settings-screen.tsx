import { Card } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { useCan } from "@/features/auth/api/me";
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
            <ApprovalCard workspace={data} canWrite={canWrite} />
            <HolidaysCard canWrite={canWrite} />
          </>
        )}
      </PageBody>
    </Page>
  );
}
