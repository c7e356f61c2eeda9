import { $api } from "@aerostic/api-client";

/** One conversation whole; asked for before it is opened, so that opening shows it at once. */
export const conversationQuery = (id: string) =>
  $api.queryOptions("get", "/api/conversations/{id}", { params: { path: { id } } });
