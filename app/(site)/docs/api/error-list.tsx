// How a call may be refused: what is its own openly, what every call of its kind may answer behind a fold.
import { InlineMarkdown } from "../markdown";
import { Fold } from "./fold";
import type { ReferenceRefusal } from "./reference";

/** They come of the credential, the body, the id in the path, the server; the same everywhere. */
const GENERAL = new Set([
  "invalid_api_key",
  "not_found",
  "payload_too_large",
  "unsupported_media_type",
  "idempotency_key_reused",
  "idempotency_in_progress",
  "rate_limited",
  "temporarily_unavailable",
]);

export function ErrorList({ errors }: { errors: ReferenceRefusal[] }) {
  const own = errors.filter(({ code }) => !GENERAL.has(code));
  const general = errors.filter(({ code }) => GENERAL.has(code));
  return (
    <>
      {own.length > 0 && <ErrorRows errors={own} />}
      {general.length > 0 && (
        <Fold
          summary={own.length > 0 ? `${general.length} more, of every call like this` : "Those of every call like this"}
        >
          <ErrorRows errors={general} />
        </Fold>
      )}
    </>
  );
}

export function ErrorRows({ errors }: { errors: ReferenceRefusal[] }) {
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
