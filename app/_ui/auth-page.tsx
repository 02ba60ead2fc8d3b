// Frame of the pages to sign in, sign up and recover an account: a form under a drawn arch.
import type { ReactNode } from "react";
import { SiteHeader } from "./site-header";

type AuthPageProps = {
  title: string;
  description?: ReactNode;
  /** Links below the form. */
  footer: ReactNode;
  children: ReactNode;
};

export function AuthPage({ title, description, footer, children }: AuthPageProps) {
  return (
    <div className="flex min-h-svh flex-col overflow-x-clip">
      <SiteHeader />
      <main className="mx-auto flex w-full max-w-[30rem] flex-1 flex-col px-6 pt-2 pb-12 sm:justify-center">
        <ArchDrawing />
        <div className="relative border-x border-line-strong bg-surface-raised px-6 pt-7 pb-9 before:absolute before:inset-y-0 before:-left-[0.6875rem] before:border-l before:border-line-strong after:absolute after:inset-y-0 after:-right-[0.6875rem] after:border-r after:border-line-strong sm:px-10">
          <h1 className="text-2xl font-medium">{title}</h1>
          {description && <p className="mt-1.5 text-sm text-ink-muted">{description}</p>}
          <div className="mt-6">{children}</div>
        </div>
        <BaseDrawing />
        <div className="mt-6 text-center text-sm text-ink-muted">{footer}</div>
      </main>
    </div>
  );
}

const WIDTH = 432;
const RISE = 92;
const spokes = [30, 60, 90, 120, 150];

/** Two drawings: the outer line keeps its distance on narrow screens, the arch scales. */
function ArchDrawing() {
  const center = WIDTH / 2;
  const at = (degrees: number, rx: number, ry: number) => {
    const angle = (degrees * Math.PI) / 180;
    return `${(center + rx * Math.cos(angle)).toFixed(1)} ${(RISE - ry * Math.sin(angle)).toFixed(1)}`;
  };
  const arc = (inset: number) =>
    `M${inset} ${RISE}A${center - inset} ${RISE - inset * 0.8} 0 0 1 ${WIDTH - inset} ${RISE}`;
  const look = "stroke-line-strong overflow-visible [&_*]:[vector-effect:non-scaling-stroke]";
  return (
    <div className="relative">
      <svg viewBox={`0 0 ${WIDTH} ${RISE}`} fill="none" aria-hidden="true" className={`block w-full ${look}`}>
        <path d={`${arc(0.5)}z`} className="fill-surface-raised" />
        <path d={arc(14)} />
        <path d={spokes.map((degrees) => `M${at(degrees, 46, 34)}L${at(degrees, center - 14, RISE - 11)}`).join("")} />
        <path d={`M${center - 46} ${RISE}a46 34 0 0 1 92 0z`} className="fill-accent-soft" />
      </svg>
      <svg
        viewBox="0 0 452 100"
        preserveAspectRatio="none"
        fill="none"
        aria-hidden="true"
        className={`absolute -top-2 -left-2.5 h-[calc(100%+0.5rem)] w-[calc(100%+1.25rem)] ${look}`}
      >
        <path d="M0.5 100A225.5 99.5 0 0 1 451.5 100" />
      </svg>
    </div>
  );
}

/** Decorative lines below the form. */
function BaseDrawing() {
  return (
    <div aria-hidden="true" className="relative h-5">
      <div className="absolute -inset-x-8 top-2 h-3 border border-b-0 border-line-strong bg-surface-raised max-sm:-inset-x-6" />
      <div className="absolute -inset-x-4 top-0 h-2 border border-line-strong bg-surface-raised" />
      <div className="absolute left-1/2 bottom-0 w-screen -translate-x-1/2 border-b border-line-strong" />
    </div>
  );
}
