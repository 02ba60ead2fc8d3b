// What admins come to a user's page for, in its header.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { AppSettings } from "@/lib/apps/settings";
import {
  disableUserAction,
  enableUserAction,
  revokeAllSessionsAction,
  sendResetAction,
  sendVerificationAction,
} from "./actions";
import type { UserCardProps } from "./card-props";

type UserActionsProps = Pick<UserCardProps, "user" | "hidden"> & {
  methods: AppSettings["methods"];
  hasSessions: boolean;
};

export function UserActions({ user, hidden, methods, hasSessions }: UserActionsProps) {
  if (user.disabled)
    return (
      <Form action={enableUserAction} hidden={hidden} success="User enabled" aria-label="Enable user">
        <SubmitButton>Enable user</SubmitButton>
      </Form>
    );
  return (
    <>
      {user.email && methods.password && (
        <Form action={sendResetAction} hidden={hidden} success="Password reset email sent" aria-label="Password reset">
          <SubmitButton variant="secondary">Send password reset</SubmitButton>
        </Form>
      )}
      {user.email && !user.email_verified && (
        <Form
          action={sendVerificationAction}
          hidden={hidden}
          success="Verification email sent"
          aria-label="Email verification"
        >
          <SubmitButton variant="secondary">Send verification email</SubmitButton>
        </Form>
      )}
      {hasSessions && (
        <ConfirmDialog
          trigger="Sign out everywhere"
          title="Sign out this user everywhere?"
          action={revokeAllSessionsAction}
          hidden={hidden}
          confirm="Sign out everywhere"
          success="All sessions revoked"
        >
          <p>All sessions of the user are revoked. The user can sign in again.</p>
        </ConfirmDialog>
      )}
      <ConfirmDialog
        trigger="Disable user"
        title="Disable this user?"
        action={disableUserAction}
        hidden={hidden}
        confirm="Disable user"
        success="User disabled"
      >
        <p>The user is signed out everywhere and can’t sign in until you enable them again. No data is deleted.</p>
      </ConfirmDialog>
    </>
  );
}
