"use server";

import { refresh } from "next/cache";
import { z } from "zod";
import { action, developer } from "@/app/_server/action";
import { requestEmailChange } from "@/lib/account/change-email";
import { changePassword } from "@/lib/account/change-password";
import { ChangeEmailBody } from "@/lib/account/inputs";
import { requestVerification } from "@/lib/account/send-verification";
import { getApp } from "@/lib/apps/apps";
import { updateApp } from "@/lib/apps/update";
import { fail, failNotFound } from "@/lib/errors";
import { TENANT_ZERO } from "@/lib/ids";
import { text } from "@/lib/input";
import { revokeSession, signOutOtherSessions } from "@/lib/sessions/revoke";
import { isFirstDeveloper } from "@/lib/users/developers";
import { parseEmail } from "@/lib/users/email";
import { Password } from "@/lib/users/inputs";
import { updateUser } from "@/lib/users/update-user";

export const changeNameAction = action({
  guard: developer,
  input: z.object({ name: text(200).optional() }),
  run: async ({ developer: { userId }, input }) => {
    const name = input.name?.trim() || null;
    await updateUser(await getApp(TENANT_ZERO), userId, { name }, { type: "user", id: userId });
    refresh();
  },
});

export const changePasswordAction = action({
  guard: developer,
  input: z.object({ current_password: Password, new_password: Password }),
  run: async ({ developer: { userId, sessionId }, input }) => {
    await changePassword(await getApp(TENANT_ZERO), {
      userId,
      sessionId,
      currentPassword: input.current_password,
      newPassword: input.new_password,
    });
    refresh();
  },
});

export const signOutSessionAction = action({
  guard: developer,
  input: z.object({ session_id: text(100) }),
  run: async ({ developer: { userId }, input: { session_id: sessionId } }) => {
    const by = { type: "user", id: userId } as const;
    const ended = await revokeSession(TENANT_ZERO, { sessionId, reason: "ended_by_user", by, userId });
    if (!ended) failNotFound("The session");
    refresh();
  },
});

export const signOutOtherSessionsAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId, sessionId } }) => {
    await signOutOtherSessions(TENANT_ZERO, userId, sessionId, { type: "user", id: userId });
    refresh();
  },
});

/** Responds the same whether or not the address is taken, so that it reveals no accounts. */
export const changeEmailAction = action({
  guard: developer,
  input: ChangeEmailBody,
  run: async ({ developer: { userId, sessionId }, input: { email, password } }) => {
    await requestEmailChange(await getApp(TENANT_ZERO), { userId, sessionId, email, password });
  },
});

export const sendVerificationAction = action({
  guard: developer,
  input: z.object({}),
  run: async ({ developer: { userId, email } }) => {
    const to = parseEmail(email ?? "");
    if (to) await requestVerification(await getApp(TENANT_ZERO), to, { type: "user", id: userId });
  },
});

/** Only the installation's first developer decides who else can create a developer account. */
export const changeSignUpsAction = action({
  guard: developer,
  input: z.object({ signups: z.enum(["open", "invite_only"]) }),
  run: async ({ developer: { userId }, input: { signups }, by }) => {
    if (!(await isFirstDeveloper(userId)))
      fail(403, "forbidden", "Only the first developer of this server can change this.");
    await updateApp(TENANT_ZERO, { settings: { signups } }, by);
    refresh();
  },
});
