// Danger zone of the user page: deletes the user.
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { DangerCard } from "@/app/_ui/danger-card";
import { confirmationWord } from "../../confirmation-word";
import { deleteUserAction } from "./actions";
import type { UserCardProps } from "./card-props";

type UserDangerProps = Pick<UserCardProps, "user" | "hidden"> & { users: string };

export function UserDangerZone({ user, hidden, users }: UserDangerProps) {
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
  return <DangerCard items={[remove]} />;
}
