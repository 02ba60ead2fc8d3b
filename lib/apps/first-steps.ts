/** The first steps of an app: which of them are done, as the data says. */
import { now } from "../clock";
import { prepared } from "../database/client";
import { TENANT_ZERO } from "../ids";
import { hasTransport } from "../mail/transport";
import type { App } from "./apps";

export const FIRST_STEPS = ["user", "return_url", "application", "email", "verified", "team"] as const;

export type FirstStep = (typeof FIRST_STEPS)[number];

interface Facts {
  user: boolean;
  application: boolean;
  verified: boolean;
  team: boolean;
}

/** An app's default client counts as an application once it is used. */
const FACTS = `SELECT
    EXISTS (SELECT 1 FROM "User" WHERE "appId" = $1) AS "user",
    (SELECT count(*) > 1 FROM (SELECT 1 FROM "OAuthClient" WHERE "appId" = $1 LIMIT 2) AS two)
      OR EXISTS (SELECT 1 FROM "OAuthClient" WHERE "appId" = $1 AND "lastUsedAt" IS NOT NULL) AS "application",
    EXISTS (SELECT 1 FROM "User" WHERE "appId" = '${TENANT_ZERO}' AND "id" = $2 AND "emailVerifiedAt" IS NOT NULL) AS "verified",
    (SELECT count(*) > 1 FROM "AppMember" WHERE "appId" = $1)
      OR EXISTS (SELECT 1 FROM "OneTimeToken" WHERE "appId" = $1 AND "purpose" = 'member_invitation' AND "email" IS NOT NULL
        AND "consumedAt" IS NULL AND "expiresAt" > $3) AS "team"`;

/** One statement. */
export async function findDoneSteps(app: App, developerId: string): Promise<Set<FirstStep>> {
  const [facts] = await prepared<Facts>("first-steps", FACTS, [app.id, developerId, now()]);
  const done: Record<FirstStep, boolean> = {
    ...(facts ?? { user: false, application: false, verified: false, team: false }),
    return_url: app.settings.return_urls.length > 0,
    email: hasTransport(),
  };
  return new Set(FIRST_STEPS.filter((step) => done[step]));
}
