// The picture of an App, a client or a person: a logo, or the first letter of the name.
const shapes = {
  arch: "rounded-t-full rounded-b-none",
  square: "rounded-md",
  round: "rounded-full",
};

const sizes = {
  md: "h-10 w-10 text-base",
  // An arch is taller than wide.
  arch: "h-14 w-12 pt-1.5 text-lg",
};

type MarkProps = {
  name: string;
  logoUrl?: string | null;
  shape: keyof typeof shapes;
  /** In the App's own colour. */
  branded?: boolean;
};

export function Mark({ name, logoUrl, shape, branded = false }: MarkProps) {
  const look = `grid shrink-0 place-items-center overflow-hidden ${shapes[shape]} ${shape === "arch" ? sizes.arch : sizes.md}`;
  // The policy of these pages lets images come by https only. Light in both themes, as most logos expect.
  if (logoUrl?.startsWith("https://"))
    return (
      <span
        className={`${look} border border-line bg-[oklch(0.997_0.002_80)] ${shape === "arch" ? "border-b-0 px-2 pb-1" : "p-1"}`}
      >
        {/* biome-ignore lint/performance/noImgElement: from a stranger's server, which must not be fetched from here */}
        <img src={logoUrl} alt="" referrerPolicy="no-referrer" className="size-full object-contain" />
      </span>
    );
  const colors = branded
    ? "border border-(--brand-edge) bg-(--brand) text-(--brand-text)"
    : "border border-line bg-surface-sunken text-ink-muted";
  return (
    <span aria-hidden="true" className={`${look} ${colors} font-semibold select-none`}>
      {firstLetter(name)}
    </span>
  );
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

function firstLetter(name: string): string {
  const visible = name.replace(/[^\p{L}\p{N}\p{So}]+/u, "");
  for (const { segment } of graphemes.segment(visible)) return segment.slice(0, 8).toLocaleUpperCase("en");
  return "·";
}
