// The end of a developer's account: what goes with it, what stands in its way, and the password once more.
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

export const metadata: Metadata = { title: "Delete your account" };

export default async function DeleteAccountPage() {
  const { userId, email } = await requireDeveloper("/dashboard/account/delete");
  const alone = await listAppsOwnedAlone(userId);

  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title="Delete your account" description={email} />
      <Card title="This cannot be taken back">
        <ul className="grid list-disc gap-1.5 pl-5 text-sm marker:text-ink-muted">
          <li>Your name, your address and your password are removed, and every browser is signed out.</li>
          <li>You leave the team of every App. Apps that have another owner stay, with their keys and users.</li>
          <li>What you did in an App stays in its audit trail, under an id and without your name.</li>
        </ul>
        <div className="mt-6">{alone.length > 0 ? <SoleOwnerNotice apps={alone} /> : <DeleteForm email={email} />}</div>
      </Card>
    </div>
  );
}

function DeleteForm({ email }: { email: string | null }) {
  return (
    <Form action={deleteAccountAction} aria-label="Delete your account" className="grid max-w-md gap-5">
      {/* Tells password managers whose password this is. */}
      <input type="text" autoComplete="username" defaultValue={email ?? ""} readOnly hidden />
      <PasswordField name="password" label="Password" autoComplete="current-password" />
      <div className="flex flex-wrap gap-3">
        <SubmitButton variant="danger">Delete my account</SubmitButton>
        <ButtonLink href="/dashboard/account" prefetch={false} variant="secondary">
          Keep it
        </ButtonLink>
      </div>
    </Form>
  );
}
