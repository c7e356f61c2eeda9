import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { formatCount, formatMoney } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { Skeleton } from "@aerostic/ui/skeleton";
import { toast } from "@aerostic/ui/toast";
import { Link } from "@tanstack/react-router";
import { useCan } from "@/features/auth/api/me";
import { categories } from "@/features/template/status";
import { useFormat } from "@/lib/format";
import { useCampaignActions } from "../api/act";
import type { Campaign } from "../api/campaigns";
import { type CategoryChange, useCategoryChange } from "../api/category-change";

interface CategoryCardProps {
  campaign: Campaign;
  onCancel: () => void;
}

/** Meta changed the template's price: what the rest costs now, and one click to go on or to end it. */
export function CategoryCard({ campaign, onCancel }: CategoryCardProps) {
  const { data: change, error, refetch } = useCategoryChange(campaign.id, campaign.updatedAt);
  const maySend = useCan("campaign.send");
  const { resume } = useCampaignActions();
  const goOn = async () => {
    const done = await resume.mutateAsync({ params: { path: { id: campaign.id } } }).catch(() => undefined);
    if (done) toast.success("It continues at the new price", { description: campaign.name });
  };
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!change) return <Skeleton className="h-28 rounded-xl" />;
  return (
    <Alert
      tone="warning"
      title={<Title change={change} />}
      action={
        maySend && (
          <span className="flex flex-wrap gap-2">
            <Button size="sm" onClick={onCancel}>
              Cancel campaign
            </Button>
            <Button size="sm" variant="primary" loading={resume.isPending} onClick={() => void goOn()}>
              Continue at the new price
            </Button>
          </span>
        )
      }
    >
      <Cost change={change} />{" "}
      {campaign.templateId && (
        <Link
          to="/templates/$id"
          params={{ id: campaign.templateId }}
          className="underline underline-offset-4"
        >
          Open the template
        </Link>
      )}
      <ProblemAlert error={resume.error} />
    </Alert>
  );
}

function Title({ change }: { change: CategoryChange }) {
  const format = useFormat();
  return change.at ? (
    <>
      Meta will charge its template as {categories[change.to]} from {format.dateTime(change.at)}
    </>
  ) : (
    <>Meta now charges its template as {categories[change.to]}</>
  );
}

function Cost({ change: { waiting, before, after, currency, from } }: { change: CategoryChange }) {
  const money = (amount: number) => formatMoney({ amount, currency });
  return (
    <>
      The campaign is paused. {formatCount(waiting, "person still waits", "people still wait")}, for about{" "}
      <strong className="text-foreground">{money(after)}</strong> instead of {money(before)} as{" "}
      {categories[from]}. What was sent before stays as charged.
    </>
  );
}
