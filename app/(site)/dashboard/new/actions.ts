"use server";

import { z } from "zod";
import { action, developer } from "@/app/_server/action";
import { APP_NAME_LENGTH, getApp } from "@/lib/apps/apps";
import { text } from "@/lib/input";
import { createAppWithClient } from "@/lib/oauth/clients/default-client";
import { curl } from "../apps/[app_id]/overview/frameworks/curl";
import { valuesOf } from "../apps/[app_id]/overview/frameworks/framework";

export interface NewApp {
  appId: string;
  /** Only shown once. */
  apiKey: string;
  clientId: string;
  /** Only shown once. */
  clientSecret: string;
  /** A curl command that signs up the first user. It contains the API key. */
  firstSignUp: string;
}

export const createAppAction = action({
  guard: developer,
  input: z.object({ name: text(APP_NAME_LENGTH).refine((name) => name.trim() !== "", "must not be empty") }),
  run: async ({ developer: { userId }, input, by }): Promise<NewApp> => {
    const created = await createAppWithClient({ ownerId: userId, name: input.name.trim(), by });
    const { app_id, api_key } = created;
    const { code } = curl.signUp(valuesOf(await getApp(app_id)));
    return {
      appId: app_id,
      apiKey: api_key,
      clientId: created.client_id,
      clientSecret: created.client_secret,
      firstSignUp: code.replace("$FOYER_API_KEY", api_key),
    };
  },
});
