// Danger zone of the user page: disable, enable and delete the user.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { confirmationWord } from "../../confirmation-word";
import { deleteUserAction, disableUserAction, enableUserAction } from "./actions";
import type { UserCardProps } from "./card-props";

type UserDangerProps = Pick<UserCardProps, "user" | "hidden"> & { users: string };

export function UserDangerZone({ user, hidden, users }: UserDangerProps) {
  const disable = {
    title: "Disable user",
    description: "Signs the user out everywhere and blocks sign-in until you re-enable them.",
    action: (
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
    ),
  };
  const enable = {
    title: "Enable user",
    description: "This user is disabled and can’t sign in.",
    action: (
      <Form action={enableUserAction} hidden={hidden} success="User enabled">
        <SubmitButton variant="secondary">Enable user</SubmitButton>
      </Form>
    ),
  };
  const remove = {
    title: "Delete user",
    description: "Permanently deletes the user’s profile, password, sessions and metadata.",
    action: (
      <ConfirmDialog
        trigger="Delete user"
        triggerProps={{ variant: "danger" }}
        title="Delete this user?"
        action={deleteUserAction}
        hidden={hidden}
        confirm="Delete user"
        word={confirmationWord(user.email, user.id)}
        success="User deleted"
        redirectTo={users}
      >
        <p>
          This permanently deletes the profile, password, sessions, consents and metadata. Events about the user stay in
          the audit trail. A later sign-up with the same email address creates a new user with a new ID.
        </p>
      </ConfirmDialog>
    ),
  };
  return <DangerCard items={[user.disabled ? enable : disable, remove]} />;
}
