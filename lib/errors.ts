/**
 * The error class of the app. `description` is for the caller and says what to do; `detail` is only
 * logged. Errors are recognized by a brand instead of `instanceof`, because one process loads
 * several copies of this module.
 */
const BRAND = Symbol.for("foyer/AppError");

export interface ErrorOptions {
  /** Field name → problem. */
  fields?: Record<string, string>;
  /** Further members of the error body under /api. */
  members?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Only for the log. */
  detail?: string;
  cause?: unknown;
}

export class AppError extends Error {
  readonly [BRAND] = true;
  constructor(
    readonly status: number,
    readonly code: string,
    readonly description: string,
    readonly options: ErrorOptions = {},
  ) {
    super(description, { cause: options.cause });
    this.name = "AppError";
  }
}

export function isAppError(error: unknown): error is AppError {
  return typeof error === "object" && error !== null && BRAND in error;
}

export function fail(status: number, code: string, description: string, options?: ErrorOptions): never {
  throw new AppError(status, code, description, options);
}

/** 400 with the problem of each field. */
export function failInput(fields: Record<string, string>): never {
  const [name, problem] = Object.entries(fields)[0] ?? ["body", "is invalid"];
  fail(400, "invalid_request", `${name}: ${problem}`, { fields });
}

/** 404, the same whether the object doesn't exist or belongs to another app. */
export function failNotFound(what: string, detail?: string): never {
  fail(404, "not_found", `${what} was not found. Check the ID.`, { detail });
}

/** 404 for a URL path. */
export function failPageNotFound(): never {
  fail(404, "not_found", "This page was not found.");
}

/** 503 with `Retry-After`. */
export function unavailableError(description: string, cause?: unknown, retryAfterSeconds = 2): AppError {
  return new AppError(503, "temporarily_unavailable", description, {
    headers: { "Retry-After": String(retryAfterSeconds) },
    cause,
    detail: cause instanceof Error ? cause.message : undefined,
  });
}

export function failUnavailable(description: string, cause?: unknown, retryAfterSeconds = 2): never {
  throw unavailableError(description, cause, retryAfterSeconds);
}

export function failRateLimited(retryAfterSeconds: number, detail?: string): never {
  fail(429, "rate_limited", `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, {
    headers: { "Retry-After": String(retryAfterSeconds) },
    detail,
  });
}

/**
 * A problem of the installation (configuration, port, database) that prevents the start. Shown
 * without a stack trace.
 */
export class StartError extends Error {
  override name = "StartError";
}
