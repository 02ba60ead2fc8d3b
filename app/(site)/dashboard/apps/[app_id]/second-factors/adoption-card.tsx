// How many users have a second factor.
import { Card } from "@/app/_ui/card";
import { TextLink } from "@/app/_ui/text-link";
import { MANY_USERS } from "@/lib/users/count";
import type { FactorAdoption } from "@/lib/users/factor-adoption";

export function AdoptionCard({ adoption, usersPath }: { adoption: FactorAdoption; usersPath: string }) {
  const { users, any, totp, passkey, email } = adoption;
  const rows: [label: string, count: number][] = [
    ["With a second factor or passkey", any],
    ["With an authenticator app", totp],
    ["With a passkey", passkey],
    ["With emailed codes", email],
    ["Without any", users - any],
  ];
  return (
    <Card
      title="Adoption"
      description={users >= MANY_USERS ? `Of the newest ${MANY_USERS.toLocaleString("en")} users.` : undefined}
    >
      {users === 0 ? (
        <p className="text-sm text-ink-muted">
          This app has no users yet. <TextLink href={usersPath}>Add a user</TextLink>
        </p>
      ) : (
        <dl className="grid gap-4 text-sm">
          {rows.map(([label, count]) => (
            <Share key={label} label={label} count={count} of={users} />
          ))}
        </dl>
      )}
    </Card>
  );
}

function Share({ label, count, of }: { label: string; count: number; of: number }) {
  const percent = Math.round((count / of) * 100);
  return (
    <div className="grid gap-1.5">
      <div className="flex justify-between gap-4">
        <dt>{label}</dt>
        <dd className="tabular-nums text-ink-muted">
          {count.toLocaleString("en")} ({percent} %)
        </dd>
      </div>
      <div aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-surface-sunken">
        <div className="h-full rounded-full bg-accent" style={{ width: `${percent}%` }} />
      </div>
    </div>
  );
}
