// Decorative drawing of an archway for error pages.
const courses = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

export function ArchIllustration({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 360 420" fill="none" strokeWidth="1.25" aria-hidden="true" className={className}>
      <clipPath id="blind-arch">
        <path d="M90 400V144a90 90 0 0 1 180 0v256z" />
      </clipPath>
      <g clipPath="url(#blind-arch)" className="stroke-line">
        <path fill="var(--color-surface-raised)" d="M90 54h180v346H90z" />
        {courses.map((course) => (
          <path key={course} d={bricks(54 + course * 27, course % 2 === 0)} />
        ))}
      </g>
      <path
        className="stroke-line-strong"
        d="M90 400V144a90 90 0 0 1 180 0v256M74 400V144a106 106 0 0 1 212 0v256M54 400V144a126 126 0 0 1 252 0v256M0 400h360M28 408h304"
      />
    </svg>
  );
}

function bricks(y: number, even: boolean): string {
  const joints = even ? [126, 180, 234] : [99, 153, 207, 261];
  return `M90 ${y}h180${joints.map((x) => `M${x} ${y}v27`).join("")}`;
}
