import { Button } from "@aerostic/ui/button";
import { ProblemAlert } from "@aerostic/ui/problem-alert";
import { useNavigate } from "@tanstack/react-router";
import { ArrowRight } from "lucide-react";
import { useState } from "react";
import { useChannels } from "@/features/channel/api/list";
import { useTemplate } from "@/features/template/api/template";
import { useOnce } from "@/lib/use-once";
import { useCreateCampaign } from "../api/create";
import { BasicsFields } from "./basics-fields";
import { WizardFrame } from "./wizard-frame";

/** The first step; with it the draft exists and everything after is saved as one goes. */
export function NewCampaignScreen({ template }: { template?: string }) {
  const [name, setName] = useState("");
  const [chosen, setChosen] = useState<string>();
  const [tried, setTried] = useState(false);
  const create = useCreateCampaign();
  const once = useOnce();
  const navigate = useNavigate();
  const channels = useChannels().data?.items;
  const { data: wanted } = useTemplate(template);
  // A template fits only numbers of its own account.
  const preset = channels?.find(({ wabaId }) => !wanted || wabaId === wanted.wabaId);
  const channelId = chosen ?? preset?.id;

  const submit = async () => {
    setTried(true);
    if (!name.trim() || !channelId) return;
    const fits = wanted && channels?.find(({ id }) => id === channelId)?.wabaId === wanted.wabaId;
    const body = { name: name.trim(), channelId, templateId: fits ? wanted.id : undefined };
    const campaign = await once(body, (header) => create.mutateAsync({ body, params: { header } })).catch(
      () => undefined,
    );
    if (!campaign) return;
    const step = body.templateId ? "audience" : "template";
    void navigate({
      to: "/campaigns/$id/edit",
      params: { id: campaign.id },
      search: { step },
      replace: true,
    });
  };

  return (
    <WizardFrame
      title="New campaign"
      step="basics"
      footer={
        <Button
          variant="primary"
          className="ml-auto"
          loading={create.isPending}
          onClick={() => void submit()}
        >
          Next <ArrowRight />
        </Button>
      }
    >
      <ProblemAlert error={create.error} />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <BasicsFields
          name={name}
          channelId={channelId}
          onName={setName}
          onChannel={setChosen}
          tried={tried}
        />
      </form>
    </WizardFrame>
  );
}
