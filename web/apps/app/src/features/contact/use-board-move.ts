import { useState } from "react";
import type { Contact } from "./api/list";
import { nobody } from "./stage-options";
import { useMove } from "./use-move";

/**
 * Moves cards. Those on their way stand where they go, whatever the server answers meanwhile;
 * it is told one move after the other, so that the last one made is the last one there.
 */
export function useBoardMove() {
  const [moving, setMoving] = useState<Contact[]>([]);
  const { move } = useMove();
  const send = async (contact: Contact, stageId: string): Promise<boolean> => {
    if ((contact.stageId ?? nobody) === stageId) return false;
    const moved = {
      ...contact,
      stageId: stageId === nobody ? undefined : stageId,
      stageAt: new Date().toISOString(),
    };
    setMoving((others) => [moved, ...others.filter(({ id }) => id !== contact.id)]);
    const done = await move(contact, { stageId });
    setMoving((others) => others.filter((one) => one !== moved));
    return done;
  };
  return { moving, send };
}

/** The contacts of one column: those on their way to it, then those that are there and stay. */
export function withMoving(rows: Contact[], moving: Contact[], column: string): Contact[] {
  if (moving.length === 0) return rows;
  const leaving = new Set(moving.map(({ id }) => id));
  return [
    ...moving.filter(({ stageId }) => (stageId ?? nobody) === column),
    ...rows.filter(({ id }) => !leaving.has(id)),
  ];
}
