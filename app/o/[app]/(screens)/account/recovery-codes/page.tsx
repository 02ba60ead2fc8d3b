// New recovery codes of a signed-in user.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { loadSession, requireApp } from "@/app/_server/hosted";
import { findApp } from "@/lib/apps/apps";
import { findShownCodes } from "@/lib/hosted/account/recovery-codes";
import { PageCard } from "../../page-card";
import { RecoveryCodes } from "../../recovery-codes";
import { screenPath } from "../../screen";

type CodesProps = { params: Promise<{ app: string }> };

export async function generateMetadata({ params }: CodesProps): Promise<Metadata> {
  const app = await findApp((await params).app);
  return { title: { absolute: app ? `Save your recovery codes · ${app.name}` : "Not found" } };
}

export default async function OwnRecoveryCodesPage({ params }: CodesProps) {
  const app = await requireApp((await params).app);
  const session = await loadSession(app);
  const codes = session && (await findShownCodes(app, { userId: session.userId, sessionId: session.id }));
  if (!codes) redirect(screenPath(app, "account"));
  return (
    <PageCard
      app={app}
      title="Save your recovery codes"
      description={<p>If you lose your second factor, sign in with one of these codes. Each works once.</p>}
    >
      <RecoveryCodes app={app} codes={codes} path="account/recovery-codes" />
    </PageCard>
  );
}
