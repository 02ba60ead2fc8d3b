// Locking a user out, letting them in again, and removing them.
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
    title: "Disable",
    description: "Ends all sessions and lets nobody in under this name. Nothing is lost; it can be undone.",
    action: (
      <ConfirmDialog
        trigger="Disable user"
        title="Disable this user?"
        action={disableUserAction}
        hidden={hidden}
        confirm="Disable user"
        success="The user is disabled"
      >
        <p>They are signed out everywhere and cannot sign in until you enable them again.</p>
      </ConfirmDialog>
    ),
  };
  const enable = {
    title: "Enable",
    description: "This user is disabled and cannot sign in.",
    action: (
      <Form action={enableUserAction} hidden={hidden} success="The user is enabled">
        <SubmitButton variant="secondary">Enable user</SubmitButton>
      </Form>
    ),
  };
  const remove = {
    title: "Delete",
    description: "The user goes with profile, password, sessions and metadata. There is no way back.",
    action: (
      <ConfirmDialog
        trigger="Delete user"
        triggerProps={{ variant: "danger" }}
        title="Delete this user?"
        action={deleteUserAction}
        hidden={hidden}
        confirm="Delete for good"
        word={confirmationWord(user.email, user.id)}
        success="The user was deleted"
        redirectTo={users}
      >
        <p>
          Profile, password, sessions, consents and metadata are deleted at once; the events about the user stay in the
          audit trail. Whoever signs up with the same address later is a new user with a new id.
        </p>
      </ConfirmDialog>
    ),
  };
  return <DangerCard items={[user.disabled ? enable : disable, remove]} />;
}
