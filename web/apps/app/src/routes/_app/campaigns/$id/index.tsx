import { createFileRoute } from "@tanstack/react-router";
import { ReportScreen } from "@/features/campaign/report/report-screen";

export const Route = createFileRoute("/_app/campaigns/$id/")({
  component: () => {
    const { id } = Route.useParams();
    return <ReportScreen key={id} id={id} />;
  },
});
