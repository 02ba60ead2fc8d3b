"use server";

import { z } from "zod";
import { action, member } from "@/app/_server/action";
import { sendPasswordReset } from "@/lib/account/forgot-password";
import { sendVerification } from "@/lib/account/send-verification";
import { removeFactorOfUser, resetFactorsOfUser } from "@/lib/factors/reset";
import { text } from "@/lib/input";
import { MAX_CLIENT_ID_LENGTH } from "@/lib/oauth/client-documents/document-url";
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

/** Creates an action that updates the user with the form's values. */
function updateAction<Changes extends z.ZodType<{ user_id: string } & Parameters<typeof updateUser>[2]>>(
  input: Changes,
) {
  return action({
    guard: admin,
    input,
    run: async ({ app, input: { user_id, ...changes }, by }) => {
      await withConflictErrors(updateUser(app, user_id, changes, by));
      revalidateApp(app.id);
    },
  });
}

export const changeProfileAction = updateAction(ProfileForm);
export const changeMetadataAction = updateAction(MetadataForm);
export const setPasswordAction = updateAction(PasswordForm);
export const disableUserAction = updateAction(OnlyUser.transform(({ user_id }) => ({ user_id, disabled: true })));
export const enableUserAction = updateAction(OnlyUser.transform(({ user_id }) => ({ user_id, disabled: false })));

/** Creates an action that sends the user an email. */
function sendAction(send: typeof sendPasswordReset) {
  return action({
    guard: admin,
    input: OnlyUser,
    run: async ({ app, input, by }) => {
      await send(app, input.user_id, by);
      revalidateApp(app.id);
    },
  });
}

export const sendResetAction = sendAction(sendPasswordReset);
export const sendVerificationAction = sendAction(sendVerification);

export const revokeSessionAction = action({
  guard: admin,
  input: z.object({ session_id: text(64) }),
  run: async ({ app, input, by }) => {
    // An expired session is no error: the refreshed list doesn't show it.
    await revokeSession(app.id, { sessionId: input.session_id, reason: "ended_by_owner", by });
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

export const removeFactorAction = action({
  guard: admin,
  input: OnlyUser.extend({ factor_id: text(64) }),
  run: async ({ app, input, by }) => {
    await removeFactorOfUser(app, input.user_id, input.factor_id, by);
    revalidateApp(app.id);
  },
});

export const resetFactorsAction = action({
  guard: admin,
  input: OnlyUser,
  run: async ({ app, input, by }) => {
    await resetFactorsOfUser(app, input.user_id, by);
    revalidateApp(app.id);
  },
});

export const disconnectAction = action({
  guard: admin,
  input: OnlyUser.extend({ client_id: text(MAX_CLIENT_ID_LENGTH) }),
  run: async ({ app, input, by }) => {
    // A disconnected application is no error: the refreshed list doesn't show it.
    await disconnectClient(app.id, input.user_id, input.client_id, by);
    revalidateApp(app.id);
  },
});

export const deleteUserAction = action({
  guard: admin,
  input: OnlyUser,
  // No revalidation: the current page no longer exists, and the dialog redirects to the list.
  run: async ({ app, input, by }) => deleteUser(app.id, input.user_id, by),
});
