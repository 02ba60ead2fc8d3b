// Daily, weekly and monthly active users.
import { countActiveUsers, MANY_ACTIVE_USERS } from "@/lib/users/active-users";
import { countUsers, MANY_USERS } from "@/lib/users/count";

const formatted = (count: number, many: number) => `${count.toLocaleString("en")}${count >= many ? "+" : ""}`;

export async function ActiveUsersCard({ appId }: { appId: string }) {
  const [active, users] = await Promise.all([countActiveUsers(appId), countUsers(appId)]);
  const figures = [
    { label: "Users", value: formatted(users, MANY_USERS), hint: "in all" },
    { label: "Daily active", value: formatted(active.day, MANY_ACTIVE_USERS), hint: "signed in within 24 hours" },
    { label: "Weekly active", value: formatted(active.week, MANY_ACTIVE_USERS), hint: "within 7 days" },
    { label: "Monthly active", value: formatted(active.month, MANY_ACTIVE_USERS), hint: "within 30 days" },
  ];
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 rounded-lg border border-line bg-surface-raised px-6 py-5 shadow-sm lg:grid-cols-4">
      {figures.map(({ label, value, hint }) => (
        <div key={label}>
          <dt className="text-sm font-medium text-ink-muted">{label}</dt>
          <dd className="mt-1 text-2xl font-medium tabular-nums">{value}</dd>
          <dd className="text-xs text-ink-muted">{hint}</dd>
        </div>
      ))}
    </dl>
  );
}
