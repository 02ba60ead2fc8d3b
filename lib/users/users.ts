/** Users: the residents of an App. */
import type { User } from "../db";

/** What sign-in and answers need of a user; the password hash stays in lib/signin. */
export const USER_FIELDS = {
  id: true,
  email: true,
  emailVerifiedAt: true,
  name: true,
  createdAt: true,
  disabledAt: true,
} as const;

export type UserSummary = Pick<User, keyof typeof USER_FIELDS>;

/** The user as a session answer shows it. */
export function userAnswer(user: UserSummary) {
  return {
    id: user.id,
    email: user.email,
    email_verified: user.emailVerifiedAt !== null,
    name: user.name,
    created_at: user.createdAt.toISOString(),
  };
}
