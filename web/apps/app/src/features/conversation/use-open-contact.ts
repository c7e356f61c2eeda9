import { api } from "@aerostic/api-client";
import { toast } from "@aerostic/ui/toast";
import { useNavigate } from "@tanstack/react-router";
import { useChannels } from "@/features/channel/api/list";

/** Opens somebody's conversation: the latest one, or a new one on the workspace's first number. */
export function useOpenContact(): (contactId: string) => Promise<void> {
  const navigate = useNavigate();
  const channelId = useChannels().data?.items?.[0]?.id;
  return async (contactId) => {
    const id = (await latestOf(contactId)) ?? (channelId && (await begin(contactId, channelId)));
    if (!id) return void toast.error("Connect a number first", { description: "There is no number to write from." });
    await navigate({ to: "/inbox/$conversationId", params: { conversationId: id }, search: (old) => ({ ...old, q: undefined }) as never });
  };
}

async function latestOf(contact: string): Promise<string | undefined> {
  const { data } = await api.GET("/api/conversations", { params: { query: { contact, status: "all", limit: 1 } } });
  return data?.items?.[0]?.id;
}

async function begin(contactId: string, channelId: string): Promise<string | undefined> {
  const { data } = await api.POST("/api/conversations", { body: { contactId, channelId } });
  return data?.id;
}
