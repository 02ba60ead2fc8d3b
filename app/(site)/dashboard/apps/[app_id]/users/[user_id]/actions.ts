"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { sendVerification } from "@/lib/account/email-verification";
import { sendPasswordReset } from "@/lib/account/forgot-password";
import { text } from "@/lib/input";
import { disconnectClient } from "@/lib/oauth/revoke-grant";
import { revokeSession, revokeSessionsOfUser } from "@/lib/sessions/revoke";
import { unlinkIdentity } from "@/lib/social/identities";
import { deleteUser } from "@/lib/users/delete-user";
import { getUser } from "@/lib/users/get-user";
import { updateUser } from "@/lib/users/update-user";
import { revalidateApp } from "../../app-paths";
import { withConflictErrors } from "../conflict-errors";
import { MetadataForm, PasswordForm, ProfileForm, UserId } from "../inputs";

const admin = member("admin");
const OnlyUser = z.object({ user_id: UserId });

/** An action that changes the user by what its form says. */
function change<Changes extends z.ZodType<{ user_id: string } & Parameters<typeof updateUser>[2]>>(input: Changes) {
  return action({
    guard: admin,
    input,
    run: async ({ app, input: { user_id, ...changes }, by }) => {
      await withConflictErrors(updateUser(app, user_id, changes, by));
      revalidateApp(app.id);
    },
  });
}

export const changeProfileAction = change(ProfileForm);
export const changeMetadataAction = change(MetadataForm);
export const setPasswordAction = change(PasswordForm);
export const disableUserAction = change(OnlyUser.transform(({ user_id }) => ({ user_id, disabled: true })));
export const enableUserAction = change(OnlyUser.transform(({ user_id }) => ({ user_id, disabled: false })));

/** An action that mails something to the user. */
function mail(send: typeof sendPasswordReset) {
  return action({
    guard: admin,
    input: OnlyUser,
    run: async ({ app, input, by }) => {
      await send(app, input.user_id, by);
      revalidateApp(app.id);
    },
  });
}

export const sendResetAction = mail(sendPasswordReset);
export const sendVerificationAction = mail(sendVerification);

export const revokeSessionAction = action({
  guard: admin,
  input: z.object({ session_id: text(64) }),
  run: async ({ app, input, by }) => {
    // Ended already is as good: the list that comes back does not show it.
    await revokeSession(app.id, input.session_id, "ended_by_owner", by);
    revalidateApp(app.id);
  },
});

export const revokeAllSessionsAction = action({
  guard: admin,
  input: OnlyUser,
  run: async ({ app, input, by }) => {
    const user = await getUser(app.id, input.user_id);
    await revokeSessionsOfUser(app.id, user.id, "ended_by_owner", by);
    revalidateApp(app.id);
  },
});

export const unlinkIdentityAction = action({
  guard: admin,
  input: OnlyUser.extend({ identity_id: text(64) }),
  run: async ({ app, input, by }) => {
    await unlinkIdentity(app, input.user_id, input.identity_id, by);
    revalidateApp(app.id);
  },
});

export const disconnectAction = action({
  guard: admin,
  input: OnlyUser.extend({ client_id: text(80) }),
  run: async ({ app, input, by }) => {
    // Disconnected already is as good: the list that comes back does not show it.
    await disconnectClient(app.id, input.user_id, input.client_id, by);
    revalidateApp(app.id);
  },
});

export const deleteUserAction = action({
  guard: admin,
  input: OnlyUser,
  // Nothing is revalidated: the page that asked is gone, and the dialog leads away from it.
  run: async ({ app, input, by }) => deleteUser(app.id, input.user_id, by),
});
