import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { DescriptionItem, DescriptionList } from "@aerostic/ui/description-list";
import { formatPhone } from "@aerostic/ui/lib/format";
import { PhonePreview } from "@aerostic/ui/phone-preview";
import { Link } from "@tanstack/react-router";
import { useChannels } from "@/features/channel/api/list";
import { useTemplate } from "@/features/template/api/template";
import { TemplateStatusBadge } from "@/features/template/badges";
import { toPreview } from "@/features/template/preview";
import { useFormat } from "@/lib/format";
import type { Campaign } from "../api/campaigns";
import { routeText } from "../route";
import { audienceText } from "../status";
import { useTagNames } from "../use-tag-names";

const link =
  "rounded-xs text-primary underline-offset-4 outline-none hover:underline focus-visible:ring-2 focus-visible:ring-ring";

/** What was sent, from where, to whom and when. */
export function AboutCard({ campaign }: { campaign: Campaign }) {
  const format = useFormat();
  const names = useTagNames();
  const { data: template } = useTemplate(campaign.templateId);
  const channel = useChannels().data?.items.find(({ id }) => id === campaign.channelId);
  return (
    <Card>
      <CardHeader title="About" />
      <CardBody className="grid gap-5 md:grid-cols-[1fr_18rem]">
        <DescriptionList>
          <DescriptionItem label="Template">
            {template && (
              <span className="flex flex-wrap items-center gap-2">
                <Link to="/templates/$id" params={{ id: template.id }} className={link}>
                  {template.name}
                </Link>
                <TemplateStatusBadge status={template.status} />
              </span>
            )}
          </DescriptionItem>
          <DescriptionItem label="Number">
            {channel && `${channel.verifiedName} · ${formatPhone(channel.displayPhone)}`}
          </DescriptionItem>
          {campaign.route !== "usual" && (
            <DescriptionItem label="Delivery">{routeText(campaign.route)}</DescriptionItem>
          )}
          <DescriptionItem label="Audience">{audienceText(campaign.audience, names)}</DescriptionItem>
          <DescriptionItem label="Made">{format.dateTime(campaign.createdAt)}</DescriptionItem>
          {campaign.scheduledAt && (
            <DescriptionItem label="Scheduled for">{format.dateTime(campaign.scheduledAt)}</DescriptionItem>
          )}
          {campaign.seriesId && (
            <DescriptionItem label="Run of">
              <Link to="/campaigns/$id" params={{ id: campaign.seriesId }} className={link}>
                The series
              </Link>
            </DescriptionItem>
          )}
          <DescriptionItem label="Started">
            {campaign.startedAt && format.dateTime(campaign.startedAt)}
          </DescriptionItem>
          <DescriptionItem label="Finished">
            {campaign.finishedAt && format.dateTime(campaign.finishedAt)}
          </DescriptionItem>
        </DescriptionList>
        {template?.preview && (
          <PhonePreview
            sender={channel?.verifiedName || "Your business"}
            message={toPreview(template.preview)}
            className="mx-auto"
          />
        )}
      </CardBody>
    </Card>
  );
}
