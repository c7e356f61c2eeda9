import { Alert } from "@aerostic/ui/alert";
import { Button } from "@aerostic/ui/button";
import { Card, CardBody, CardHeader } from "@aerostic/ui/card";
import { SwitchField } from "@aerostic/ui/switch";
import { toast } from "@aerostic/ui/toast";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useFormat } from "@/lib/format";
import { deviceName, pushState, subscribe, unsubscribe } from "@/lib/push";
import { type PushDevice, useDeviceActions, useDevices } from "./api/devices";

const here = ["push-state"];

interface DeviceCardProps {
  preview: boolean;
  onPreview: (on: boolean) => void;
}

/** Pushes on this device, and the others that get them. */
export function DeviceCard({ preview, onPreview }: DeviceCardProps) {
  const client = useQueryClient();
  const devices = useDevices().data;
  const { add, remove, attempt } = useDeviceActions();
  const state = useQuery({ queryKey: here, queryFn: pushState, staleTime: 0 }).data;
  const [busy, setBusy] = useState(false);
  const mine = devices?.items?.find(({ hash }) => hash === state?.hash);
  const others = devices?.items?.filter((device) => device !== mine) ?? [];

  const turn = async (on: boolean) => {
    setBusy(true);
    try {
      if (on) await turnOn();
      else await turnOff();
    } catch (error) {
      toast.error("Pushes could not be turned on", {
        description: error instanceof Error ? error.message : undefined,
      });
    }
    setBusy(false);
    await client.invalidateQueries({ queryKey: here });
  };
  const turnOn = async () => {
    const { endpoint, keys } = await subscribe(devices?.key ?? "");
    await add.mutateAsync({
      body: {
        endpoint: endpoint ?? "",
        keys: { p256dh: keys?.p256dh ?? "", auth: keys?.auth ?? "" },
        name: deviceName(),
      },
    });
  };
  const turnOff = async () => {
    if (mine) await remove.mutateAsync({ params: { path: { id: mine.id } } });
    await unsubscribe();
  };
  const test = () =>
    attempt.mutate(
      {},
      {
        onSuccess: ({ reached }) =>
          reached > 0
            ? toast.success(reached === 1 ? "Pushed to 1 device" : `Pushed to ${reached} devices`)
            : toast.error("No device took it", { description: "Turn pushes off and on again." }),
        onError: (error) => toast.error("Could not push", { description: error.detail }),
      },
    );

  return (
    <Card>
      <CardHeader title="Pushes" description="They reach you while Aerostic is closed." />
      <CardBody className="flex flex-col gap-4">
        <SwitchField
          label="On this device"
          hint={deviceName()}
          checked={state?.state === "on" && Boolean(mine)}
          disabled={busy || !devices || state?.state === "unsupported" || state?.state === "denied"}
          onCheckedChange={turn}
        />
        {state?.state === "denied" && (
          <Alert tone="warning" title="This browser refuses notifications from Aerostic">
            Allow them in the browser's settings of this site, then come back.
          </Alert>
        )}
        {state?.state === "unsupported" && (
          <Alert tone="info" title="This browser takes no pushes">
            On an iPhone, add Aerostic to the home screen first and open it from there.
          </Alert>
        )}
        <SwitchField
          label="Show what was written"
          hint="The first words of a message, in pushes and mails. Others may see them on a locked screen."
          checked={preview}
          onCheckedChange={onPreview}
        />
        {others.length > 0 && (
          <ul className="flex flex-col gap-2">
            {others.map((device) => (
              <Other
                key={device.id}
                device={device}
                onRemove={() => remove.mutate({ params: { path: { id: device.id } } })}
              />
            ))}
          </ul>
        )}
        {(devices?.items?.length ?? 0) > 0 && (
          <Button className="self-start" loading={attempt.isPending} onClick={test}>
            Send a test
          </Button>
        )}
      </CardBody>
    </Card>
  );
}

function Other({ device, onRemove }: { device: PushDevice; onRemove: () => void }) {
  const format = useFormat();
  return (
    <li className="flex items-center gap-3 text-sm">
      <span className="min-w-0 flex-1">
        {device.name}
        <span className="block text-muted-foreground text-xs">
          {device.usedAt
            ? `Last push ${format.relative(device.usedAt)}`
            : `Added ${format.relative(device.createdAt)}`}
        </span>
      </span>
      <Button size="sm" variant="ghost" aria-label={`Stop pushes to ${device.name}`} onClick={onRemove}>
        Remove
      </Button>
    </li>
  );
}
