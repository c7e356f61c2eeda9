import { api } from "@aerostic/api-client";
import type { Presence } from "../model";

/** Tells the others who have the conversation open; a lost call is made up for by the next. */
export function attend(id: string, doing: Presence["doing"]): void {
  void api
    .POST("/api/conversations/{id}/presence", { params: { path: { id } }, body: { doing } })
    .catch(() => undefined);
}

/** Shows the person that somebody is writing; WhatsApp does so for 25 seconds. */
export function tellTyping(id: string): void {
  void api.POST("/api/conversations/{id}/typing", { params: { path: { id } } }).catch(() => undefined);
}
