import { Card } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { BackIcon, Page, PageBody } from "@/features/shell/page";
import { type Preferences, usePreferences, useSavePreferences } from "./api/preferences";
import { DeviceCard } from "./device-card";
import { QuietCard } from "./quiet-card";
import { WaysCard } from "./ways-card";

/** How this person wants to be told of what; each change is kept at once. */
export function NotificationSettingsScreen() {
  const { data, error, refetch } = usePreferences();
  const save = useSavePreferences();
  const change = (part: Partial<Preferences>) => {
    if (!data) return;
    save.mutate(
      { body: { ...data, ...part } },
      { onError: (problem) => toast.error("Not saved", { description: problem.detail }) },
    );
  };
  const shown = save.isPending ? (save.variables.body as Preferences) : data;
  return (
    <Page
      title="Notification settings"
      back={
        <Link to="/notifications" aria-label="All notifications">
          <BackIcon />
        </Link>
      }
    >
      <PageBody width="form">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!error && !shown && (
          <Card role="status" aria-label="Loading settings" className="gap-3 p-4">
            <Skeleton className="w-1/3" />
            <Skeleton className="h-40" />
          </Card>
        )}
        {shown && (
          <>
            <DeviceCard preview={shown.preview ?? false} onPreview={(preview) => change({ preview })} />
            <WaysCard preferences={shown} onChange={change} />
            <QuietCard preferences={shown} onChange={change} />
          </>
        )}
      </PageBody>
    </Page>
  );
}
