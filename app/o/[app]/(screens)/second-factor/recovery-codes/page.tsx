// The recovery codes of the factor that was added during a sign-in, which continues afterwards.
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { codesOf } from "@/lib/hosted/second-factor/recovery-codes";
import { secondFactorUrl } from "@/lib/hosted/signing-in";
import { ExpiredPage } from "../../expired-page";
import { PageCard } from "../../page-card";
import { RecoveryCodes } from "../../recovery-codes";
import type { ScreenProps } from "../../screen";
import { openPending, pendingMetadata } from "../open";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return pendingMetadata(props, "Save your recovery codes");
}

export default async function RecoveryCodesPage(props: ScreenProps) {
  const { app, pending } = await openPending(props);
  if (pending && !pending.recoveryCodes) redirect(secondFactorUrl(app, pending.id));
  const codes = pending && codesOf(app, pending);
  if (!codes) return <ExpiredPage app={app} takes="15 minutes" />;
  return (
    <PageCard
      app={app}
      title="Save your recovery codes"
      description={
        <p>Your second factor was added. If you lose it, sign in with one of these codes. Each works once.</p>
      }
    >
      <RecoveryCodes app={app} codes={codes} path="second-factor/recovery-codes" hidden={{ sign_in: pending.id }} />
    </PageCard>
  );
}
