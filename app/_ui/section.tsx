// Section of a page of settings: its title, on wide screens to the left, and a card with fields.
import type { ReactNode } from "react";
import { Card } from "./card";

type SectionProps = {
  /** The anchor for links to the section. */
  id?: string;
  title: string;
  description?: ReactNode;
  children: ReactNode;
};

export function Section({ id, title, description, children }: SectionProps) {
  return (
    <section id={id} aria-label={title} className="grid gap-x-10 gap-y-4 lg:grid-cols-[16rem_minmax(0,1fr)]">
      <div className="lg:pt-5">
        <h2 className="text-base font-semibold">{title}</h2>
        {description && <p className="mt-1 text-sm text-ink-muted">{description}</p>}
      </div>
      <Card>
        <div className="grid gap-5">{children}</div>
      </Card>
    </section>
  );
}
