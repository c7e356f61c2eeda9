import { Button } from "@aerostic/ui/button";
import { Segmented } from "@aerostic/ui/segmented";
import { useNavigate } from "@tanstack/react-router";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useCan } from "@/features/auth/api/me";
import { Page, PageBody, PageToolbar } from "@/features/shell/page";
import { ConversionsTable } from "./conversions-table";
import { GoalDialog } from "./goal-dialog";
import { GoalsCard } from "./goals-card";
import { ReportCard } from "./report-card";

export type GoalsView = "goals" | "conversions";

/** What the workspace wants people to do, and what they did. */
export function GoalsScreen({ view }: { view: GoalsView }) {
  const navigate = useNavigate();
  const canWrite = useCan("goal.write");
  const [making, setMaking] = useState(false);
  return (
    <Page
      title="Goals"
      actions={
        canWrite && (
          <Button variant="primary" onClick={() => setMaking(true)} aria-label="New goal">
            <Plus /> <span className="max-sm:hidden">New goal</span>
          </Button>
        )
      }
      toolbar={
        <PageToolbar>
          <Segmented<GoalsView>
            label="What to see"
            value={view}
            onValueChange={(next) =>
              void navigate({
                to: "/goals",
                search: { view: next === "goals" ? undefined : next },
                replace: true,
              })
            }
            options={[
              { value: "goals", label: "Goals" },
              { value: "conversions", label: "Conversions" },
            ]}
          />
        </PageToolbar>
      }
    >
      {view === "conversions" ? (
        <ConversionsTable />
      ) : (
        <PageBody width="form">
          <GoalsCard onNew={canWrite ? () => setMaking(true) : undefined} />
          <ReportCard />
        </PageBody>
      )}
      {making && <GoalDialog onClose={() => setMaking(false)} />}
    </Page>
  );
}
