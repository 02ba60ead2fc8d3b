// Provider accounts that are linked to the user, such as a GitHub account.
import { Badge } from "@/app/_ui/badge";
import { Card } from "@/app/_ui/card";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { RelativeTime } from "@/app/_ui/relative-time";
import type { LinkedAccount } from "@/lib/social/identities";
import { unlinkIdentityAction } from "./actions";
import type { UserCardProps } from "./card-props";

type IdentitiesCardProps = Pick<UserCardProps, "hidden" | "readOnly"> & { accounts: LinkedAccount[] };

export function IdentitiesCard({ accounts, hidden, readOnly }: IdentitiesCardProps) {
  return (
    <Card title="Linked accounts">
      {accounts.length === 0 ? (
        <p className="text-sm text-ink-muted">No linked accounts.</p>
      ) : (
        <ul className="-my-3 divide-y divide-line">
          {accounts.map((account) => (
            <li key={account.id} className="flex flex-wrap items-start justify-between gap-3 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-40">
                <p className="flex flex-wrap items-center gap-x-2 font-medium">
                  {account.label}
                  {!account.usable && <Badge>Connection disabled</Badge>}
                </p>
                <p dir="auto" className="text-ink-muted break-words">
                  {account.email ?? "No email address"} ·{" "}
                  {account.lastUsedAt ? (
                    <>
                      last used <RelativeTime at={account.lastUsedAt} />
                    </>
                  ) : (
                    <>
                      linked <RelativeTime at={account.createdAt} />
                    </>
                  )}
                </p>
              </div>
              {!readOnly && (
                <ConfirmDialog
                  trigger="Unlink"
                  triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Unlink ${account.label}` }}
                  title={`Unlink this ${account.label} account?`}
                  action={unlinkIdentityAction}
                  hidden={{ ...hidden, identity_id: account.id }}
                  confirm="Unlink account"
                  success="Account unlinked"
                >
                  <p>
                    The user can no longer sign in with this account. A later sign-in with it may create a new user.
                  </p>
                </ConfirmDialog>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
