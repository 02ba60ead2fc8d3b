// Tile of an app: the whole tile is a link, and the ID can be copied.
import Link from "next/link";
import { Badge } from "@/app/_ui/badge";
import { IdChip } from "@/app/_ui/id-chip";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { listAppsOfDeveloper } from "@/lib/apps/members";

type AppTileProps = { app: Awaited<ReturnType<typeof listAppsOfDeveloper>>[number] };

export function AppTile({ app }: AppTileProps) {
  return (
    <li className="group relative flex min-w-0 flex-col rounded-lg border border-line bg-surface-raised p-5 shadow-sm transition-colors hover:border-line-strong has-[h2>a:focus-visible]:outline-2 has-[h2>a:focus-visible]:outline-offset-2 has-[h2>a:focus-visible]:outline-focus">
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
      <div className="mt-auto flex flex-wrap items-center justify-between gap-x-4 gap-y-2 pt-5">
        {/* Above the link, which covers the tile. */}
        <span className="relative min-w-0">
          <IdChip id={app.id} what="App ID" />
        </span>
        <span className="text-xs text-ink-muted">
          Created <RelativeTime at={app.createdAt} />
        </span>
      </div>
    </li>
  );
}
