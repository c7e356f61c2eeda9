/*
 * The one way from the browser to the server. Owns the session, retries after a stale token, problem
 * documents and types generated from the server's OpenAPI document. Knows no screen.
 */
export { $api, api, idempotencyKey } from "./client";
export { ApiError, type ProblemDocument, type ProblemItem } from "./problem";
export type { components, paths } from "./schema.gen";
export { ensureSession, getAccessToken, onSession, refresh, signedIn, signedOut } from "./session";
export { download, fetchFile, upload } from "./transfer";
