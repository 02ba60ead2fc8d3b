// What a call does to the thing it names, at a glance. The word says it; the colour only repeats it.
const looks: Record<string, string> = {
  GET: "text-accent",
  POST: "text-success",
  PATCH: "text-warning",
  DELETE: "text-danger",
};

export function MethodName({ method }: { method: string }) {
  return <span className={`font-mono text-xs font-semibold ${looks[method] ?? "text-ink"}`}>{method}</span>;
}

/** Breaks after slashes, and its parameters stand back. */
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
