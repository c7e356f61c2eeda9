/** One place in a request that was wrong; location is a path such as "body.email". */
export interface ProblemItem {
  location: string;
  message: string;
}

/** application/problem+json as platform/web writes it. */
export interface ProblemDocument {
  status?: number;
  /** A whole sentence for the person. */
  detail?: string;
  /** What can be done about it: "invalid", "not_found", "conflict", "forbidden" … */
  kind?: string;
  /** Names this very error for programs: "email_taken". */
  code?: string;
  requestId?: string;
  errors?: ProblemItem[];
}

/** Every failed call throws this, whether the server refused or never answered (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly code?: string;
  /** A sentence to show as it is; always there. */
  readonly detail: string;
  readonly requestId?: string;
  readonly errors: ProblemItem[];

  constructor(status: number, problem: ProblemDocument = {}) {
    const detail = problem.detail || fallback(status);
    super(detail);
    this.name = "ApiError";
    this.status = status;
    this.kind = problem.kind ?? "";
    this.code = problem.code;
    this.detail = detail;
    this.requestId = problem.requestId;
    this.errors = problem.errors ?? [];
  }

  /** Reads the problem document of a refused call; any other body is ignored. */
  static async from(response: Response): Promise<ApiError> {
    const isJSON = response.headers.get("content-type")?.includes("json");
    const problem = isJSON ? await response.json().catch(() => ({})) : {};
    return new ApiError(response.status, problem as ProblemDocument);
  }

  /** The connection broke before an answer came: nobody knows whether the call took effect. */
  static unreachable(): ApiError {
    return new ApiError(0, { kind: "unavailable" });
  }

  /** The messages by field name: "body.email" is "email". The first one of a field wins. */
  fields(): Record<string, string> {
    const named: Record<string, string> = {};
    for (const { location, message } of this.errors) named[location.replace(/^body\.?/, "")] ??= message;
    return named;
  }
}

function fallback(status: number): string {
  if (status === 0) return "Aerostic cannot be reached. Check your connection and try again.";
  if (status === 401) return "You are signed out. Sign in again.";
  if (status === 403) return "Your role does not allow this. Ask an owner of the workspace.";
  if (status === 404) return "This does not exist, or it belongs to another workspace.";
  if (status === 429) return "That was too often. Wait a minute and try again.";
  if (status >= 500) return "Something went wrong on our side. Try again in a moment.";
  return "That did not work. Check what you entered and try again.";
}
