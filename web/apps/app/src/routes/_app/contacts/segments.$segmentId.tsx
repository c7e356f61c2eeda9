import { createFileRoute } from "@tanstack/react-router";
import { SegmentScreen } from "@/features/segment/segment-screen";

export const Route = createFileRoute("/_app/contacts/segments/$segmentId")({
  component: () => <SegmentScreen id={Route.useParams().segmentId} />,
});
