// Table of users.
import { BadgeCheck } from "lucide-react";
import Link from "next/link";
import { Badge } from "@/app/_ui/badge";
import { RelativeTime } from "@/app/_ui/relative-time";
import { type Column, Table } from "@/app/_ui/table";
import type { listUsers } from "@/lib/users/search";

type UserItem = Awaited<ReturnType<typeof listUsers>>["data"][number];

export function UserTable({ users, path }: { users: UserItem[]; path: string }) {
  const columns: Column<UserItem>[] = [
    { label: "User", fluid: true, cell: (user) => <UserCell user={user} href={`${path}/${user.id}`} /> },
    { label: "Email", from: "sm", cell: (user) => <Verified verified={user.email_verified} /> },
    { label: "Created", from: "md", cell: (user) => <RelativeTime at={new Date(user.created_at)} /> },
    { label: "Last sign-in", from: "sm", cell: (user) => <LastSignIn at={user.last_sign_in_at} /> },
    { label: "Status", cell: (user) => <Status disabled={user.disabled} /> },
  ];
  return <Table caption="Users" columns={columns} rows={users} rowKey={(user) => user.id} />;
}

function UserCell({ user, href }: { user: UserItem; href: string }) {
  return (
    <div className="sm:max-w-[min(26rem,55vw)] sm:min-w-40">
      {/* The link covers the whole row. */}
      <Link href={href} prefetch={false} className="block rounded-sm after:absolute after:inset-0">
        <span dir="auto" className="block truncate font-medium" title={user.name ?? undefined}>
          {user.name ?? user.email ?? user.id}
        </span>
        {user.name && user.email && (
          <span dir="ltr" className="block truncate text-ink-muted" title={user.email}>
            {user.email}
          </span>
        )}
      </Link>
    </div>
  );
}

/** Only disabled users have a badge, so that they stand out. */
function Status({ disabled }: { disabled: boolean }) {
  return disabled ? <StatusBadge disabled /> : <span className="text-ink-muted">Active</span>;
}

function Verified({ verified }: { verified: boolean }) {
  if (!verified) return <span className="text-ink-muted">Unverified</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <BadgeCheck aria-hidden="true" className="size-4 text-success" strokeWidth={1.75} />
      Verified
    </span>
  );
}

export function VerifiedBadge({ verified }: { verified: boolean }) {
  return verified ? <Badge tone="success">Verified</Badge> : <Badge>Unverified</Badge>;
}

export function StatusBadge({ disabled }: { disabled: boolean }) {
  return disabled ? <Badge tone="danger">Disabled</Badge> : <Badge tone="accent">Active</Badge>;
}

function LastSignIn({ at }: { at: string | null }) {
  return at ? <RelativeTime at={new Date(at)} /> : <span className="text-ink-muted">Never</span>;
}
