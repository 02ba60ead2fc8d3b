import type { managedAnswer } from "@/lib/users/users";

export type ManagedUser = ReturnType<typeof managedAnswer>;

/** What every card of the page gets. */
export interface UserCardProps {
  user: ManagedUser;
  readOnly: boolean;
  hidden: { app_id: string; user_id: string };
}
