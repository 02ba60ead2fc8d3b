// Deletion of the developer's account: consequences, blocking apps, and the password.
import type { Metadata } from "next";
import { requireDeveloper } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { PageHeader } from "@/app/_ui/page-header";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { listAppsOwnedAlone } from "@/lib/apps/members";
import { deleteAccountAction } from "./actions";
import { SoleOwnerNotice } from "./sole-owner-notice";

export const metadata: Metadata = { title: "Delete account" };

export default async function DeleteAccountPage() {
  const { userId, email } = await requireDeveloper("/dashboard/account/delete");
  const alone = await listAppsOwnedAlone(userId);

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Delete account" description={email} />
      <Card title="This can’t be undone">
        <ul className="grid list-disc gap-1.5 pl-5 text-sm marker:text-ink-muted">
          <li>Your name, email address and password are deleted, and you’re signed out on all devices.</li>
          <li>You leave the team of every app. Apps with another owner keep their keys and users.</li>
          <li>Your actions stay in each app’s audit trail under your ID, without your name.</li>
        </ul>
        <div className="mt-6">{alone.length > 0 ? <SoleOwnerNotice apps={alone} /> : <DeleteForm email={email} />}</div>
      </Card>
    </div>
  );
}

function DeleteForm({ email }: { email: string | null }) {
  return (
    <Form action={deleteAccountAction} aria-label="Delete account" className="grid max-w-md gap-5">
      {/* Tells password managers the account's email address. */}
      <input type="text" autoComplete="username" defaultValue={email ?? ""} readOnly hidden />
      <PasswordField name="password" label="Current password" autoComplete="current-password" />
      <div className="flex flex-wrap gap-3">
        <SubmitButton variant="danger">Delete account</SubmitButton>
        <ButtonLink href="/dashboard/account" prefetch={false} variant="secondary">
          Cancel
        </ButtonLink>
      </div>
    </Form>
  );
}
