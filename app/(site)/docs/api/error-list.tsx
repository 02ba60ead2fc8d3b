// Error codes of an endpoint. The codes that most endpoints share are collapsed.
import { InlineMarkdown } from "../markdown";
import { Details } from "./details";
import type { ErrorCode } from "./reference";

/** Codes about the credential, the body, the ID in the path or the server. */
const COMMON = new Set([
  "invalid_api_key",
  "not_found",
  "payload_too_large",
  "unsupported_media_type",
  "idempotency_key_reused",
  "idempotency_in_progress",
  "rate_limited",
  "temporarily_unavailable",
]);

export function ErrorList({ errors }: { errors: ErrorCode[] }) {
  const specific = errors.filter(({ code }) => !COMMON.has(code));
  const common = errors.filter(({ code }) => COMMON.has(code));
  return (
    <>
      {specific.length > 0 && <ErrorRows errors={specific} />}
      {common.length > 0 && (
        <Details summary={`Common errors (${common.length})`}>
          <ErrorRows errors={common} />
        </Details>
      )}
    </>
  );
}

export function ErrorRows({ errors }: { errors: ErrorCode[] }) {
  return (
    <dl className="divide-y divide-line border-y border-line text-sm">
      {errors.map(({ status, code, when }) => (
        <div key={`${status} ${code} ${when}`} className="py-2">
          <dt className="flex items-baseline gap-2.5">
            <span className="font-mono text-xs text-ink-muted">{status}</span>
            <code className="font-mono text-[0.8125rem] font-medium [overflow-wrap:anywhere]">{code}</code>
          </dt>
          <dd className="mt-0.5 text-ink-muted">
            <InlineMarkdown text={when} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
