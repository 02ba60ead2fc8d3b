import type { managedUserView } from "@/lib/users/user-views";

export type ManagedUser = ReturnType<typeof managedUserView>;

/** What every card of the page gets. */
export interface UserCardProps {
  user: ManagedUser;
  readOnly: boolean;
  hidden: { app_id: string; user_id: string };
}
