import { Button } from "@aerostic/ui/button";
import { Card } from "@aerostic/ui/card";
import { EmptyState } from "@aerostic/ui/empty-state";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Phone, Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageBody } from "@/features/shell/page";
import { useRealtime } from "@/lib/realtime";
import { useChannels } from "./api/list";
import { sharers } from "./channel";
import { ConnectDialog } from "./connect-dialog";
import { NumberCard } from "./number-card";

/** The WhatsApp numbers of the workspace, each with its state and what to do about it. */
export function NumbersScreen() {
  const { data, error, refetch } = useChannels();
  useRealtime("channels", { onEvent: () => refetch(), onGap: () => refetch() });
  const canWrite = useCan("channel.write");
  const [connecting, setConnecting] = useState(false);
  const connect = canWrite && (
    <Button variant="primary" onClick={() => setConnecting(true)} aria-label="Connect a number">
      <Plus /> <span className="max-sm:hidden">Connect a number</span>
    </Button>
  );
  return (
    <Page title="Numbers" actions={data && data.items.length > 0 && connect}>
      <PageBody width="form">
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!error && !data && <Loading />}
        {data?.items.length === 0 && (
          <EmptyState
            icon={Phone}
            title="No number connected"
            action={
              canWrite && (
                <Button variant="primary" onClick={() => setConnecting(true)}>
                  <Plus /> Connect a number
                </Button>
              )
            }
          >
            Connect a WhatsApp Business number with an access token from Meta; then campaigns can be sent.
          </EmptyState>
        )}
        {data?.items.map((channel) => (
          <NumberCard
            key={channel.id}
            channel={channel}
            canWrite={canWrite}
            shared={sharers(data.items, channel).length}
          />
        ))}
      </PageBody>
      <ConnectDialog open={connecting} onOpenChange={setConnecting} />
    </Page>
  );
}

function Loading() {
  return (
    <Card role="status" aria-label="Loading numbers" className="gap-3 p-4">
      <Skeleton className="w-1/3" />
      <Skeleton className="h-24" />
    </Card>
  );
}
