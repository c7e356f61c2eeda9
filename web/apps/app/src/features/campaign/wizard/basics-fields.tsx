import { Alert } from "@aerostic/ui/alert";
import { Badge } from "@aerostic/ui/badge";
import { Button } from "@aerostic/ui/button";
import { Field } from "@aerostic/ui/field";
import { Input } from "@aerostic/ui/input";
import { formatNumber, formatPhone } from "@aerostic/ui/lib/format";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { RadioCard, RadioGroup } from "@aerostic/ui/radio";
import { Skeleton } from "@aerostic/ui/skeleton";
import { Link } from "@tanstack/react-router";
import { type Channel, useChannels } from "@/features/channel/api/list";

interface BasicsFieldsProps {
  name: string;
  channelId: string | undefined;
  onName: (name: string) => void;
  onChannel: (id: string) => void;
  /** Whether to say what is missing. */
  tried: boolean;
}

/** What the campaign is called and which number it comes from. */
export function BasicsFields({ name, channelId, onName, onChannel, tried }: BasicsFieldsProps) {
  const { data, error, refetch } = useChannels();
  return (
    <div className="flex max-w-2xl flex-col gap-6">
      <Field
        label="Campaign name"
        hint="Only your team sees it"
        error={tried && !name.trim() ? "Give the campaign a name." : undefined}
      >
        <Input
          dir="auto"
          maxLength={120}
          value={name}
          placeholder="Diwali early access"
          onChange={(event) => onName(event.target.value)}
        />
      </Field>
      <div className="flex flex-col gap-2">
        <p id="channel-label" className="font-medium text-sm">
          Send from
        </p>
        {error && !data && <ProblemAlert error={error} onRetry={() => refetch()} />}
        {!data && !error && <Skeleton className="h-16 rounded-xl" />}
        {data?.items.length === 0 && <NoNumber />}
        {data && data.items.length > 0 && (
          <RadioGroup
            aria-labelledby="channel-label"
            value={channelId ?? ""}
            onValueChange={onChannel}
            className="grid gap-3 sm:grid-cols-2"
          >
            {data.items.map((channel) => (
              <RadioCard
                key={channel.id}
                value={channel.id}
                label={channel.verifiedName || formatPhone(channel.displayPhone)}
                hint={<ChannelHint channel={channel} />}
              />
            ))}
          </RadioGroup>
        )}
        {tried && !channelId && data && data.items.length > 0 && (
          <p role="alert" className="text-destructive text-xs">
            Choose the number to send from.
          </p>
        )}
      </div>
    </div>
  );
}

function NoNumber() {
  return (
    <Alert
      tone="info"
      title="No number is connected yet"
      action={
        <Button asChild size="sm">
          <Link to="/numbers">Connect a number</Link>
        </Button>
      }
    >
      A campaign needs a WhatsApp number to come from.
    </Alert>
  );
}

const words: Record<Channel["status"], string> = {
  connected: "Connected",
  paused: "Paused",
  needs_reauth: "Needs a new token",
  disconnected: "Disconnected",
  banned: "Disabled by Meta",
};

function ChannelHint({ channel }: { channel: Channel }) {
  return (
    <span className="flex flex-col gap-1.5">
      <span>
        {formatPhone(channel.displayPhone)} · {formatNumber(channel.throughput)} messages per second
      </span>
      {(channel.status !== "connected" || channel.quality === "RED" || channel.quality === "YELLOW") && (
        <span className="flex flex-wrap gap-1.5">
          {channel.status !== "connected" && <Badge tone="warning">{words[channel.status]}</Badge>}
          {channel.quality === "RED" && <Badge tone="danger">Low quality</Badge>}
          {channel.quality === "YELLOW" && <Badge tone="warning">Medium quality</Badge>}
        </span>
      )}
    </span>
  );
}
