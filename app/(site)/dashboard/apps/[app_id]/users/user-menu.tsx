// Menu of a user in the list: what admins do most often.
import Link from "next/link";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { RowMenu } from "@/app/_ui/row-menu";
import { rowMenuLink } from "@/app/_ui/row-menu-link";
import { SubmitButton } from "@/app/_ui/submit-button";
import { disableUserAction, enableUserAction, revokeAllSessionsAction, sendResetAction } from "./[user_id]/actions";
import type { UserItem } from "./user-table";

const QUIET = { variant: "quiet" } as const;

type UserMenuProps = { appId: string; user: UserItem; href: string; hasPasswords: boolean };

export function UserMenu({ appId, user, href, hasPasswords }: UserMenuProps) {
  const hidden = { app_id: appId, user_id: user.id };
  const name = user.email ?? user.name ?? user.id;
  return (
    <RowMenu label={`Actions for ${name}`}>
      <Link href={href} prefetch={false} className={rowMenuLink}>
        View user
      </Link>
      {user.email && hasPasswords && !user.disabled && (
        <Form action={sendResetAction} hidden={hidden} success="Password reset email sent" className="contents">
          <SubmitButton variant="quiet">Send password reset</SubmitButton>
        </Form>
      )}
      <ConfirmDialog
        trigger="Sign out everywhere"
        triggerProps={QUIET}
        title={`Sign out ${name} everywhere?`}
        action={revokeAllSessionsAction}
        hidden={hidden}
        confirm="Sign out everywhere"
        success="All sessions revoked"
      >
        <p>All sessions of the user are revoked. The user can sign in again.</p>
      </ConfirmDialog>
      {user.disabled ? (
        <Form action={enableUserAction} hidden={hidden} success="User enabled" className="contents">
          <SubmitButton variant="quiet">Enable user</SubmitButton>
        </Form>
      ) : (
        <div className="[&_button]:text-danger">
          <ConfirmDialog
            trigger="Disable user"
            triggerProps={QUIET}
            title={`Disable ${name}?`}
            action={disableUserAction}
            hidden={hidden}
            confirm="Disable user"
            success="User disabled"
          >
            <p>The user is signed out everywhere and can’t sign in until you enable them again. No data is deleted.</p>
          </ConfirmDialog>
        </div>
      )}
    </RowMenu>
  );
}
