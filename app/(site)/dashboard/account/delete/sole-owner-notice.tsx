// Notice about the apps that have no other owner, which block the deletion of the account.
import { TextLink } from "@/app/_ui/text-link";
import type { OwnedApp } from "@/lib/apps/members";

export function SoleOwnerNotice({ apps }: { apps: OwnedApp[] }) {
  return (
    <div className="grid gap-3 rounded-md bg-warning-soft px-3.5 py-3 text-sm">
      <p className="text-warning">
        You’re the only owner of {apps.length === 1 ? "an app" : `${apps.length} apps`}. Make another member an owner or
        delete {apps.length === 1 ? "the app" : "the apps"} first.
      </p>
      <ul className="divide-y divide-line">
        {apps.map(({ id, name }) => (
          <li key={id} className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-2">
            <span dir="auto" className="line-clamp-2 min-w-0 flex-1 basis-48 font-medium wrap-anywhere">
              {name}
            </span>
            <span className="flex gap-4">
              <TextLink href={`/dashboard/apps/${id}/team`}>Team</TextLink>
              <TextLink href={`/dashboard/apps/${id}/settings`}>Settings</TextLink>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
