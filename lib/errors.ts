/**
 * The one way to fail. `description` is for the developer who called and names the remedy; `detail` is for our log only.
 * Errors are recognised by a brand, since several copies of this module live in one process.
 */
const BRAND = Symbol.for("foyer/AppError");

export interface ErrorOptions {
  /** Field name → what is wrong with it. */
  fields?: Record<string, string>;
  headers?: Record<string, string>;
  /** Never leaves the process except in the log. */
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

/** 400: the input is wrong, field by field. */
export function failInput(fields: Record<string, string>): never {
  const [name, problem] = Object.entries(fields)[0] ?? ["body", "is invalid"];
  fail(400, "invalid_request", `${name}: ${problem}`, { fields });
}

/** 404, the same whether the thing never existed or belongs to another App. */
export function failNotFound(what: string, detail?: string): never {
  fail(404, "not_found", `${what} was not found. Check the id.`, { detail });
}

/** 503 with the seconds after which a retry is worth it. */
export function failUnavailable(description: string, cause?: unknown, retryAfterSeconds = 2): never {
  fail(503, "temporarily_unavailable", description, {
    headers: { "Retry-After": String(retryAfterSeconds) },
    cause,
    detail: cause instanceof Error ? cause.message : undefined,
  });
}

export function failRateLimited(retryAfterSeconds: number, detail?: string): never {
  fail(429, "rate_limited", `Too many attempts. Try again in ${retryAfterSeconds} seconds.`, {
    headers: { "Retry-After": String(retryAfterSeconds) },
    detail,
  });
}

/** A condition of the installation (configuration, port, database) that stops the start: one sentence, no stack. */
export class StartError extends Error {
  override name = "StartError";
}
