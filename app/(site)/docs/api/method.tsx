// The method and the path of an endpoint.
const COLORS: Record<string, string> = {
  GET: "text-accent",
  POST: "text-success",
  PATCH: "text-warning",
  DELETE: "text-danger",
};

export function MethodName({ method }: { method: string }) {
  return <span className={`font-mono text-xs font-semibold ${COLORS[method] ?? "text-ink"}`}>{method}</span>;
}

/** A path that can wrap after its slashes. Its parameters are muted. */
export function PathText({ path }: { path: string }) {
  return (
    <span className="font-mono text-[0.8125rem] [overflow-wrap:anywhere]">
      {path.split(/(\{\w+\}|\/)/).map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a path does not change while it is shown
        <span key={index} className={part.startsWith("{") ? "text-ink-muted" : undefined}>
          {part}
          {part === "/" && <wbr />}
        </span>
      ))}
    </span>
  );
}
