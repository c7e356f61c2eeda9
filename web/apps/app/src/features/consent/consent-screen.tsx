import { download } from "@aerostic/api-client";
import { Button } from "@aerostic/ui/button";
import { Card } from "@aerostic/ui/card";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Segmented } from "@aerostic/ui/segmented";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageBody, PageToolbar } from "@/features/shell/page";
import { type ConsentSettings, useConsentSettings } from "./api/settings";
import { ConfirmingCard } from "./confirming-card";
import { RequestsTable } from "./requests-table";
import { RulesCard } from "./rules-card";
import { TextsCard } from "./texts-card";
import { TopicsCard } from "./topics-card";
import { TryCard } from "./try-card";
import { WordsCard } from "./words-card";

const tabs = [
  { value: "open", label: "To decide" },
  { value: "settled", label: "Settled" },
  { value: "words", label: "Words" },
  { value: "page", label: "Preference page" },
] as const;

export type ConsentTab = (typeof tabs)[number]["value"];

/** Who asked to be left alone, by which words people do so, and their preference page. */
export function ConsentScreen({ tab = "open" }: { tab?: ConsentTab }) {
  const navigate = useNavigate({ from: "/consent" });
  return (
    <Page
      title="Consent"
      actions={<Export />}
      toolbar={
        <PageToolbar>
          <Segmented<ConsentTab>
            label="View"
            value={tab}
            onValueChange={(next) => navigate({ search: { tab: next === "open" ? undefined : next } })}
            options={[...tabs]}
          />
        </PageToolbar>
      }
    >
      {tab === "open" && <RequestsTable key="open" open />}
      {tab === "settled" && <RequestsTable key="settled" open={false} />}
      {tab === "words" && (
        <SettingsBody>
          {(settings, canWrite) => (
            <>
              <RulesCard settings={settings} canWrite={canWrite} />
              <ConfirmingCard settings={settings} canWrite={canWrite} />
              <WordsCard settings={settings} canWrite={canWrite} />
              <TryCard />
            </>
          )}
        </SettingsBody>
      )}
      {tab === "page" && (
        <SettingsBody>
          {(settings, canWrite) => (
            <>
              <TopicsCard canWrite={canWrite} />
              <TextsCard settings={settings} canWrite={canWrite} />
            </>
          )}
        </SettingsBody>
      )}
    </Page>
  );
}

function SettingsBody({
  children,
}: {
  children: (settings: ConsentSettings, canWrite: boolean) => React.ReactNode;
}) {
  const { data, error, refetch } = useConsentSettings();
  const canWrite = useCan("settings.write");
  return (
    <PageBody width="form">
      {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
      {!error && !data && (
        <Card role="status" aria-label="Loading the settings of consent" className="gap-3 p-4">
          <Skeleton className="w-1/3" />
          <Skeleton className="h-24" />
        </Card>
      )}
      {data && children(data, canWrite)}
    </PageBody>
  );
}

function Export() {
  const canExport = useCan("consent.export");
  const [busy, setBusy] = useState(false);
  const fetchFile = async () => {
    setBusy(true);
    await download("/api/consent/export.csv", "consents.csv").catch((error) =>
      toast.error("Could not download", { description: error.detail }),
    );
    setBusy(false);
  };
  if (!canExport) return null;
  return (
    <Button loading={busy} onClick={fetchFile}>
      <Download /> Export
    </Button>
  );
}
