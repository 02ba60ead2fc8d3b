// Cards of which the developer chooses one. Each is a link to the next step.
import type { LucideIcon } from "lucide-react";
import Link from "next/link";

export interface Choice {
  href: string;
  Icon: LucideIcon;
  title: string;
  description: string;
  consequences: string;
}

export function ChoiceList({ choices }: { choices: Choice[] }) {
  return (
    <ul className="grid gap-4 sm:grid-cols-2">
      {choices.map(({ href, Icon, title, description, consequences }) => (
        <li
          key={href}
          className="group relative grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 rounded-lg border border-line bg-surface-raised p-6 shadow-sm transition-colors focus-within:border-line-strong hover:border-line-strong"
        >
          <Icon
            aria-hidden="true"
            className="mt-0.5 size-5.5 text-ink-muted group-hover:text-accent"
            strokeWidth={1.5}
          />
          <div>
            <h2 className="text-base font-semibold">
              <Link
                href={href}
                prefetch={false}
                className="rounded-sm group-hover:text-accent after:absolute after:inset-0 after:rounded-lg"
              >
                {title}
              </Link>
            </h2>
            <p className="mt-1.5 text-sm">{description}</p>
            <p className="mt-3 text-sm text-ink-muted">{consequences}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
