// Tile of an app: the whole tile is a link. It shows the users and the latest sign-ins.
import Link from "next/link";
import { Badge } from "@/app/_ui/badge";
import { formatCount } from "@/app/_ui/format-count";
import { IdChip } from "@/app/_ui/id-chip";
import type { listAppsOfDeveloper } from "@/lib/apps/members";
import { MANY_USERS } from "@/lib/users/count";

type AppTileProps = {
  app: Awaited<ReturnType<typeof listAppsOfDeveloper>>[number];
  users: number;
  /** The sign-ins of each of the last days, oldest first. */
  signIns: number[];
};

export function AppTile({ app, users, signIns }: AppTileProps) {
  const total = signIns.reduce((sum, count) => sum + count, 0);
  return (
    <li className="group relative flex min-w-0 flex-col rounded-lg border border-line bg-surface-raised p-6 shadow-sm transition-colors hover:border-line-strong has-[h2>a:focus-visible]:outline-2 has-[h2>a:focus-visible]:outline-offset-2 has-[h2>a:focus-visible]:outline-focus">
      <div className="flex items-start justify-between gap-3">
        <h2 dir="auto" className="min-w-0 text-base font-semibold">
          <Link
            href={`/dashboard/apps/${app.id}`}
            prefetch={false}
            className="line-clamp-3 break-words outline-none group-hover:text-accent after:absolute after:inset-0 after:rounded-lg"
          >
            {app.name}
          </Link>
        </h2>
        <span className="flex shrink-0 gap-1.5">
          {app.disabledAt && <Badge tone="warning">Disabled</Badge>}
          <Badge>{app.role}</Badge>
        </span>
      </div>
      <p className="mt-2 text-sm text-ink-muted">
        {formatCount(users, "user", MANY_USERS)} · {formatCount(total, "sign-in")} in {signIns.length} days
      </p>
      <SignInBars values={signIns} />
      {/* Above the link, which covers the tile. */}
      <span className="relative mt-4 min-w-0">
        <IdChip id={app.id} what="App ID" />
      </span>
    </li>
  );
}

const BAR_PX = 7;
const HEIGHT_PX = 36;

// Decorative: the text above states the total.
function SignInBars({ values }: { values: number[] }) {
  const most = Math.max(1, ...values);
  return (
    <svg
      aria-hidden="true"
      viewBox={`0 0 ${values.length * BAR_PX} ${HEIGHT_PX}`}
      preserveAspectRatio="none"
      className="mt-auto h-12 w-full pt-3"
    >
      {values.map((value, day) => {
        const height = value === 0 ? 1.5 : Math.max(3, (value / most) * HEIGHT_PX);
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a day has no other name
            key={day}
            x={day * BAR_PX}
            y={HEIGHT_PX - height}
            width={BAR_PX - 2}
            height={height}
            className={value === 0 ? "fill-line" : "fill-accent/60"}
          />
        );
      })}
    </svg>
  );
}
