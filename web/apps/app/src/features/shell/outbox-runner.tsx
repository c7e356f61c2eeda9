import { postJSON } from "@aerostic/api-client";
import { useEffect } from "react";
import { useMe } from "@/features/auth/api/me";
import { type Deliver, startOutbox } from "@/lib/outbox";

const deliver: Deliver = ({ conversation, ...body }) => postJSON(`/api/conversations/${conversation}/messages`, body);

/** Sends what this person queued, here or before the app was closed. */
export function OutboxRunner() {
  const { user, tenant } = useMe();
  useEffect(() => startOutbox(`${user.id}:${tenant.id}`, deliver), [user.id, tenant.id]);
  return null;
}
