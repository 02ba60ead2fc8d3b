// Security page of the developer: second factors, passkeys and recovery codes.
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { PageHeader } from "@/app/_ui/page-header";
import { SubmitButton } from "@/app/_ui/submit-button";
import { getApp } from "@/lib/apps/apps";
import { listFactors } from "@/lib/factors/factor";
import { missingForChange } from "@/lib/factors/fresh";
import { countRecoveryCodes } from "@/lib/factors/recovery-codes";
import { listRememberedDevices } from "@/lib/factors/remembered-devices";
import { findTotpEnrollment } from "@/lib/factors/totp/enrollment";
import { TENANT_ZERO } from "@/lib/ids";
import { confirmIdentityAction } from "./actions";
import { AuthenticatorCard } from "./authenticator-card";
import { PasskeysCard } from "./passkeys-card";
import { RecoveryCodesCard } from "./recovery-codes-card";
import { RememberedBrowsersCard } from "./remembered-browsers-card";
import { SECURITY_PAGE } from "./security-page";

export const metadata: Metadata = { title: "Security" };

export default async function SecurityPage() {
  const { userId, email, sessionId } = await requireDeveloper(SECURITY_PAGE);
  const app = await getApp(TENANT_ZERO);
  const [factors, codesLeft, missing, browsers] = await Promise.all([
    listFactors(app.id, userId),
    countRecoveryCodes(app.id, userId),
    missingForChange(app, { userId, sessionId }),
    listRememberedDevices(app, userId),
  ]);
  const canChange = missing === null;
  const passkeys = factors.filter(({ type }) => type === "passkey");
  const totp = factors.find(({ type }) => type === "totp");
  const enrollment = totp || !canChange ? null : await findTotpEnrollment(app, { id: userId, email });
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader
        title="Security"
        breadcrumb={[{ href: "/dashboard/account", label: "Account" }]}
        description="How you confirm that it’s you when you sign in to Foyer."
      />
      <div className="grid gap-6">
        {!canChange && <ConfirmFirst />}
        {app.settings.mfa_methods.includes("totp") && (
          <AuthenticatorCard factor={totp} enrollment={enrollment} canChange={canChange} />
        )}
        {(app.settings.passkeys || passkeys.length > 0) && (
          <PasskeysCard passkeys={passkeys} isOffered={app.settings.passkeys} canChange={canChange} />
        )}
        {factors.length > 0 && <RecoveryCodesCard left={codesLeft} canChange={canChange} />}
        {browsers.length > 0 && <RememberedBrowsersCard count={browsers.length} />}
      </div>
    </div>
  );
}

function ConfirmFirst() {
  return (
    <Card title="Confirm it’s you first">
      <Form action={confirmIdentityAction} className="grid justify-items-start gap-4">
        <p className="text-sm text-ink-muted">
          Changes here require a sign-in within the last ten minutes, with your second factor if you have one.
        </p>
        <SubmitButton>Confirm it’s you</SubmitButton>
      </Form>
    </Card>
  );
}
