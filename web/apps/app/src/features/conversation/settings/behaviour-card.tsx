import { $api, type components } from "@aerostic/api-client";
import { SwitchField } from "@aerostic/ui/switch";
import { useQueryClient } from "@tanstack/react-query";
import { SettingCard } from "@/features/settings/setting-card";
import { useInboxSettings } from "../api/settings";

type Settings = components["schemas"]["ConversationSettings"];

const switches: {
  key: "readReceipts" | "assignOnReply" | "assigneeOnly" | "requireReason";
  label: string;
  hint: string;
}[] = [
  {
    key: "readReceipts",
    label: "Blue ticks",
    hint: "WhatsApp shows customers when somebody has read their message.",
  },
  {
    key: "assignOnReply",
    label: "Who answers takes it",
    hint: "An unassigned conversation goes to whoever answers it.",
  },
  { key: "assigneeOnly", label: "Only the assignee answers", hint: "Others take a conversation over first." },
  { key: "requireReason", label: "Ask why it is closed", hint: "Resolving asks for a closing reason." },
];

/** How the inbox behaves; each takes effect at once. */
export function BehaviourCard() {
  const query = useInboxSettings();
  const client = useQueryClient();
  const save = $api.useMutation("put", "/api/inbox/settings", {
    onSettled: () => client.invalidateQueries({ queryKey: ["get", "/api/inbox/settings"] }),
  });
  const settings = (save.isPending ? save.variables.body : query.data) as Settings | undefined;
  return (
    <SettingCard title="Behaviour" description="Takes effect at once." query={query} problem={save.error}>
      {settings &&
        switches.map(({ key, label, hint }) => (
          <SwitchField
            key={key}
            label={label}
            hint={hint}
            checked={settings[key]}
            onCheckedChange={(on) => save.mutate({ body: { ...settings, [key]: on } })}
          />
        ))}
    </SettingCard>
  );
}
