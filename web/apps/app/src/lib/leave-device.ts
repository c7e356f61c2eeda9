import { signedOut } from "@aerostic/api-client";
import { forgetCache } from "./offline-cache";
import { clearOutbox } from "./outbox";
import { unsubscribe } from "./push";

/** Ends the session in this browser and leaves nothing of the person in it. */
export async function leaveDevice(): Promise<void> {
  const cleaning = Promise.allSettled([forgetCache(), clearOutbox(), unsubscribe()]);
  signedOut();
  await cleaning;
}
