// Number of users and the newest ones.
import Link from "next/link";
import { Card } from "@/app/_ui/card";
import { RelativeTime } from "@/app/_ui/relative-time";
import { TextLink } from "@/app/_ui/text-link";
import { countUsers, MANY_USERS } from "@/lib/users/count";
import { listUsers, UserQuery } from "@/lib/users/search";

const NEWEST = UserQuery.parse({ limit: "4" });

export async function UsersCard({ appId, path }: { appId: string; path: string }) {
  const [count, { data: newest }] = await Promise.all([countUsers(appId), listUsers(appId, NEWEST)]);
  const formatted = count.toLocaleString("en");
  return (
    <Card title="Users">
      <p className="text-3xl font-medium tabular-nums">{count >= MANY_USERS ? `${formatted}+` : formatted}</p>
      {newest.length > 0 && (
        <ul className="mt-4 grid gap-2.5 border-t border-line pt-4 text-sm">
          {newest.map(({ id, name, email, created_at }) => (
            <li key={id} className="flex justify-between gap-4">
              <Link
                href={`${path}/${id}`}
                prefetch={false}
                dir="auto"
                title={name ?? email ?? id}
                className="-my-1.5 min-w-0 truncate rounded-sm py-1.5 hover:text-accent"
              >
                {name ?? email ?? id}
              </Link>
              <span className="shrink-0 text-ink-muted">
                <RelativeTime at={new Date(created_at)} />
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="mt-4 text-sm">
        <TextLink href={path}>{count === 0 ? "Add user" : "View all users"}</TextLink>
      </p>
    </Card>
  );
}
