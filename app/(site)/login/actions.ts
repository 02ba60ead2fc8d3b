"use server";

import { z } from "zod";
import { action, publicAccess } from "@/app/_server/action";
import { enterDashboard, signingInDashboard } from "@/app/_server/dashboard-session";
import { safeNext } from "@/app/_server/next-path";
import { getApp } from "@/lib/apps/apps";
import { requireBotCheck } from "@/lib/bot-check/check";
import { BotCheckField } from "@/lib/bot-check/inputs";
import { TENANT_ZERO } from "@/lib/ids";
import { text } from "@/lib/input";
import { SignInBody } from "@/lib/signin/inputs";
import { signInWithPasskey } from "@/lib/signin/passkey-form";
import { signInWithBrowser } from "@/lib/signin/password";

export const signInAction = action({
  guard: publicAccess,
  input: SignInBody.extend({ ...BotCheckField, next: text(2000).optional() }),
  run: async ({ input: { next, bot_check, ...credentials } }) => {
    const path = safeNext(next);
    const app = await getApp(TENANT_ZERO);
    await requireBotCheck(app, "signin", bot_check, credentials.email);
    await enterDashboard(await signInWithBrowser(app, credentials, await signingInDashboard(path)), path);
  },
});

export const passkeySignInAction = action({
  guard: publicAccess,
  input: z.object({ passkey: text(20_000), next: text(2000).optional() }),
  run: async ({ input: { next, passkey } }) => {
    const path = safeNext(next);
    const app = await getApp(TENANT_ZERO);
    await enterDashboard(await signInWithPasskey(app, passkey, await signingInDashboard(path)), path);
  },
});
