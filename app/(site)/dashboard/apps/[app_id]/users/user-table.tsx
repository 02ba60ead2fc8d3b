// Table of users.
import { BadgeCheck } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { Badge } from "@/app/_ui/badge";
import { formatRelativeTime } from "@/app/_ui/format-relative-time";
import { LocalTime, TimeZoneName } from "@/app/_ui/local-time";
import { type Column, Table } from "@/app/_ui/table";
import { nowMs } from "@/lib/clock";
import { initialOf } from "@/lib/text/display-name";
import type { listUsers } from "@/lib/users/search";

export type UserItem = Awaited<ReturnType<typeof listUsers>>["data"][number];

type UserTableProps = {
  users: UserItem[];
  path: string;
  /** The actions of a row; null for viewers. */
  menu: ((user: UserItem) => ReactNode) | null;
};

export function UserTable({ users, path, menu }: UserTableProps) {
  const columns: Column<UserItem>[] = [
    { label: "User", fluid: true, cell: (user) => <UserCell user={user} href={`${path}/${user.id}`} /> },
    { label: "Email", from: "lg", cell: (user) => <Verified verified={user.email_verified} /> },
    { label: "Created", from: "md", note: <TimeZoneName />, cell: (user) => <At time={user.created_at} /> },
    { label: "Last sign-in", from: "sm", cell: (user) => <LastSignIn at={user.last_sign_in_at} /> },
    ...(menu ? [{ label: "Actions", hideLabel: true, align: "end" as const, cell: menu }] : []),
  ];
  return <Table caption="Users" columns={columns} rows={users} rowKey={(user) => user.id} />;
}

function At({ time }: { time: string }) {
  return <LocalTime at={time} relative={formatRelativeTime(new Date(time), nowMs())} />;
}

/** One line: the name, and the email address beside it. Below each other on narrow screens. */
function UserCell({ user, href }: { user: UserItem; href: string }) {
  const name = user.name ?? user.email ?? user.id;
  return (
    <div className="flex min-w-0 items-center gap-3 sm:max-w-[min(30rem,55vw)] sm:min-w-40">
      <span
        aria-hidden="true"
        className="grid size-6 shrink-0 place-items-center rounded-full border border-line bg-surface-sunken text-xs font-semibold text-ink-muted select-none"
      >
        {initialOf(name)}
      </span>
      {/* The link covers the whole row. */}
      <Link
        href={href}
        prefetch={false}
        className="flex min-w-0 flex-wrap items-baseline gap-x-2.5 rounded-sm after:absolute after:inset-0 sm:flex-nowrap"
      >
        <span dir="auto" className="min-w-0 truncate font-medium max-sm:w-full" title={user.name ?? undefined}>
          {name}
        </span>
        {user.name && user.email && (
          <span dir="ltr" className="min-w-0 truncate text-ink-muted max-sm:w-full" title={user.email}>
            {user.email}
          </span>
        )}
      </Link>
      {user.disabled && <StatusBadge disabled />}
    </div>
  );
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
  return at ? <At time={at} /> : <span className="text-ink-muted">Never</span>;
}
