// Team invitation: the page that the link from the email opens.
import type { Metadata } from "next";
import { findDeveloper } from "@/app/_server/dashboard-session";
import type { Developer } from "@/app/_server/developer";
import { withNext } from "@/app/_server/next-path";
import { findInvitation, invitationPath, type OpenInvitation } from "@/app/_server/team-invitation";
import { AuthPage } from "@/app/_ui/auth-page";
import { ButtonLink } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import { parseEmail } from "@/lib/users/email";
import { acceptInvitationAction, changeAccountAction } from "./actions";

export const metadata: Metadata = { title: "Invitation", robots: { index: false } };

const appsLink = (
  <p>
    <TextLink href="/dashboard">Go to your apps</TextLink>
  </p>
);

type InvitationPageProps = {
  params: Promise<{ app_id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function InvitationPage({ params, searchParams }: InvitationPageProps) {
  const { token } = await searchParams;
  const found = await findInvitation((await params).app_id, token);
  if (!found)
    return (
      <AuthPage title="This invitation isn’t valid" footer={appsLink}>
        <p className="text-sm text-ink-muted">
          The invitation was accepted, canceled, replaced by a newer one, or has expired. Ask for a new one.
        </p>
      </AuthPage>
    );
  const { app, invitation } = found;
  const developer = await findDeveloper();
  return (
    <AuthPage title={`Join ${app.name}`} footer={appsLink}>
      <div className="grid gap-5 text-sm">
        <p className="text-ink-muted">
          <span dir="ltr">{invitation.payload.invitedBy}</span> invited{" "}
          <strong dir="ltr" className="font-medium text-ink">
            {invitation.email}
          </strong>{" "}
          to join the team with the role {invitation.payload.role}.
        </p>
        <Answer open={found} developer={developer} />
      </div>
    </AuthPage>
  );
}

function Answer({ open, developer }: { open: OpenInvitation; developer: Developer | null }) {
  const path = invitationPath(open);
  if (!developer)
    return (
      <div className="grid gap-3">
        <ButtonLink href={withNext("/signup", path)} size="lg" prefetch={false}>
          Create account
        </ButtonLink>
        <ButtonLink href={withNext("/login", path)} variant="secondary" size="lg" prefetch={false}>
          Sign in
        </ButtonLink>
      </div>
    );
  if (parseEmail(developer.email ?? "")?.canonical === open.invitation.email)
    return (
      <Form action={acceptInvitationAction} hidden={{ invited_to: open.app.id, token: open.token }}>
        <SubmitButton size="lg" className="w-full">
          Join team
        </SubmitButton>
      </Form>
    );
  return (
    <Form action={changeAccountAction} hidden={{ next: path }} className="grid gap-5">
      <p className="text-ink-muted">
        You’re signed in as <span dir="ltr">{developer.email}</span>. Sign out to join with the invited email address.
      </p>
      <SubmitButton size="lg">Sign out and continue</SubmitButton>
    </Form>
  );
}
