// Illustration of the front page: a building with three doors, one for each app.
const ground = 470;

export function FrontIllustration({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 -84 600 628"
      fill="none"
      role="img"
      aria-label="A building with three doors, labeled Blog, Shop, and Photos. The door in the middle is open."
      className={className}
    >
      <defs>
        <linearGradient id="front-rise" x1="0" x2="0" y1="-84" y2="150" gradientUnits="userSpaceOnUse">
          <stop stopColor="#fff" stopOpacity="0" />
          <stop offset="1" stopColor="#fff" />
        </linearGradient>
        <mask id="front-fade">
          <rect y="-84" width="600" height="628" fill="url(#front-rise)" />
        </mask>
        <linearGradient id="front-light" x1="0" x2="0" y1={ground - 24} y2="540" gradientUnits="userSpaceOnUse">
          <stop stopColor="var(--color-accent)" stopOpacity="0.3" />
          <stop offset="1" stopColor="var(--color-accent)" stopOpacity="0" />
        </linearGradient>
      </defs>
      <g mask="url(#front-fade)" strokeWidth="1.25" className="stroke-line-strong">
        <Storey top={-104} />
        <Storey top={32} lit={2} />
        <path d="M6 -84V168M594 -84V168M0 168h600M6 176h588M6 192h588" />
        <Piers />
        <ClosedDoor x={103} />
        <OpenDoor x={300} />
        <ClosedDoor x={497} />
        <path d={`M0 ${ground}h600`} />
      </g>
      <Names />
    </svg>
  );
}

/** An arch of a width and a height, standing on a floor. */
function arch(x: number, width: number, height: number, floor = ground): string {
  const r = width / 2;
  return `M${x - r} ${floor}V${floor - height + r}a${r} ${r} 0 0 1 ${width} 0V${floor}`;
}

function Storey({ top, lit }: { top: number; lit?: number }) {
  return [64, 142, 258, 342, 458, 536].map((x, index) => (
    <g key={x}>
      <rect x={x - 23} y={top} width={46} height={92} className={index === lit ? "fill-accent-soft" : undefined} />
      <path d={`M${x} ${top}v92M${x - 23} ${top + 32}h46M${x - 29} ${top + 92}h58v6h-58z`} />
    </g>
  ));
}

function Piers() {
  return [16, 190, 410, 584].map((x) => (
    <path key={x} d={`M${x - 10} 192V${ground}M${x + 10} 192V${ground}M${x - 14} 208h28M${x - 14} ${ground - 18}h28`} />
  ));
}

function ClosedDoor({ x }: { x: number }) {
  const spring = ground - 135;
  const spokes = [36, 72, 108, 144].map((degrees) => {
    const angle = (degrees * Math.PI) / 180;
    const at = (r: number) => `${(x + r * Math.cos(angle)).toFixed(1)} ${(spring - r * Math.sin(angle)).toFixed(1)}`;
    return `M${at(16)}L${at(44)}`;
  });
  return (
    <>
      <path d={arch(x, 112, 191)} className="fill-surface-raised" />
      <path d={arch(x, 88, 179)} />
      <path d={`M${x - 44} ${spring}h88M${x - 16} ${spring}a16 16 0 0 1 32 0${spokes.join("")}M${x} ${spring}v135`} />
      {[x - 34, x + 10].map((left) => (
        <path key={left} d={`M${left} ${spring + 12}h24v50h-24zM${left} ${spring + 74}h24v49h-24z`} />
      ))}
    </>
  );
}

function OpenDoor({ x }: { x: number }) {
  const back = ground - 24;
  return (
    <>
      <path d={arch(x, 176, 256)} className="fill-surface-raised" />
      {[1, 2, 3].map((n) => (
        <path key={n} d={arch(x, 176 - n * 29, 256 - n * 29, ground - n * 6)} />
      ))}
      <path d={`M${x - 88} ${ground}L${x - 30} ${back}M${x + 88} ${ground}L${x + 30} ${back}`} />
      <path d={`M${x - 30} ${back}L${x - 140} 540h280L${x + 30} ${back}z`} stroke="none" fill="url(#front-light)" />
      <path d={arch(x, 60, 138, back)} className="fill-accent stroke-accent" />
    </>
  );
}

function Names() {
  const apps: [number, string][] = [
    [103, "Blog"],
    [300, "Shop"],
    [497, "Photos"],
  ];
  return (
    <g textAnchor="middle" className="fill-ink-muted text-[1.375rem] sm:text-[1rem]">
      {apps.map(([x, name]) => (
        <text key={name} x={x} y={ground + 34}>
          {name}
        </text>
      ))}
    </g>
  );
}
