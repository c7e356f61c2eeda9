/** One place in a request that was wrong; location is a path such as "body.email". */
export interface ProblemItem {
  location: string;
  message: string;
}

/** application/problem+json as the server writes it (RFC 9457, with our kind and errors). */
export interface ProblemDocument {
  type?: string;
  title?: string;
  status?: number;
  detail?: string;
  /** The server's fault kind: "invalid", "not_found", "conflict", "forbidden" … */
  kind?: string;
  errors?: ProblemItem[];
}

/** Every failed call throws this, whether the server refused or never answered (status 0). */
export class ApiError extends Error {
  readonly status: number;
  readonly kind: string;
  readonly title: string;
  readonly detail?: string;
  readonly errors: ProblemItem[];

  constructor(status: number, problem: ProblemDocument) {
    const title = problem.title ?? fallbackTitle(status);
    super(problem.detail ? `${title}: ${problem.detail}` : title);
    this.name = "ApiError";
    this.status = status;
    this.kind = problem.kind ?? "";
    this.title = title;
    this.detail = problem.detail ?? fallbackDetail(status, problem);
    this.errors = problem.errors ?? [];
  }

  /** Reads the problem document of a refused call; any other body is ignored. */
  static async from(response: Response): Promise<ApiError> {
    const isProblem = response.headers.get("content-type")?.includes("json");
    const problem = isProblem ? await response.json().catch(() => ({})) : {};
    return new ApiError(response.status, problem as ProblemDocument);
  }

  /** The connection broke before an answer came: nobody knows whether the call took effect. */
  static unreachable(): ApiError {
    return new ApiError(0, {});
  }

  /** The messages by field name: "body.email" is "email". The first one of a field wins. */
  fields(): Record<string, string> {
    const named: Record<string, string> = {};
    for (const { location, message } of this.errors) {
      named[location.replace(/^body\.?/, "")] ??= message;
    }
    return named;
  }
}

function fallbackTitle(status: number): string {
  if (status === 0) return "Aerostic cannot be reached";
  if (status === 401) return "You are signed out";
  if (status === 403) return "You may not do this";
  if (status === 404) return "This does not exist";
  if (status === 429) return "Too many attempts";
  return status >= 500 ? "Something went wrong on our side" : "That did not work";
}

function fallbackDetail(status: number, problem: ProblemDocument): string | undefined {
  if (problem.title) return undefined;
  if (status === 0) return "Check your connection and try again.";
  if (status === 429) return "Wait a minute and try again.";
  return status >= 500 ? "Try again in a moment." : undefined;
}
