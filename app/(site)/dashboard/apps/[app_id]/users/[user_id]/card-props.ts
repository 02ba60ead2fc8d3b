/** Props of the cards on the user page. */
import type { managedUserView } from "@/lib/users/user-views";

export type ManagedUser = ReturnType<typeof managedUserView>;

export interface UserCardProps {
  user: ManagedUser;
  readOnly: boolean;
  hidden: { app_id: string; user_id: string };
}
