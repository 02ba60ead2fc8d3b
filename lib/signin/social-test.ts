/**
 * The test of a social connection: the real flow, but its outcome is only shown to the developer
 * who started it. It signs no user in and creates none.
 */
import type { App } from "../apps/apps";
import { db, type Prisma } from "../database/client";
import type { AppError } from "../errors";
import { issueOneTime, peekOneTime } from "../one-time/one-time";
import type { Connection } from "../social/connections";
import { decideSocial, type SocialDecision } from "../social/decide";
import { factsOf } from "../social/failure";
import { findIdentity } from "../social/identities";
import type { SocialProfile } from "../social/profile";
import { USER_FIELDS } from "../users/user-views";
import { socialFacts } from "./social";

export type TestOutcome =
  | { type: "failed"; code: string; description: string; facts: Record<string, string | number> }
  | {
      type: "arrived";
      profile: Omit<SocialProfile, "email"> & { email: string | null };
      decision: SocialDecision;
      /** The existing user who would be signed in. */
      userId: string | null;
    };

/** What a sign-in with this profile would do. */
export async function previewSocialSignIn(
  app: App,
  connection: Connection,
  profile: SocialProfile,
): Promise<TestOutcome> {
  const known = await findIdentity(db(), app.id, profile);
  const key = { appId: app.id, emailCanonical: profile.email?.canonical ?? "" };
  const holder = await db().user.findUnique({ where: { appId_emailCanonical: key }, select: USER_FIELDS });
  return {
    type: "arrived",
    decision: decideSocial(socialFacts(app, connection, { profile, known: known !== null, holder })),
    userId: known?.userId ?? holder?.id ?? null,
    profile: { ...profile, email: profile.email?.email ?? null },
  };
}

export function failedTest(error: AppError): TestOutcome {
  return { type: "failed", code: error.code, description: error.description, facts: factsOf(error) };
}

const OUTCOME_SECONDS = 3600;

/** → the secret that finds the outcome again */
export async function saveTestOutcome(
  app: App,
  { connection }: Connection,
  developerId: string,
  outcome: TestOutcome,
): Promise<string> {
  const payload = { connection, developerId, outcome: outcome as unknown as Prisma.InputJsonObject };
  return (await issueOneTime(app.id, { purpose: "social_test", payload, ttlSeconds: OUTCOME_SECONDS })).secret;
}

/** null if it has expired or belongs to another developer or connection. */
export async function findTestOutcome(
  app: App,
  connection: string,
  developerId: string,
  result: string,
): Promise<TestOutcome | null> {
  const found = await peekOneTime(app.id, "social_test", result);
  if (found.status !== "ok") return null;
  const { payload } = found.token;
  if (payload.connection !== connection || payload.developerId !== developerId) return null;
  return payload.outcome as unknown as TestOutcome;
}
