// Team invitation: the page that the link from the email opens.
import type { Metadata } from "next";
import { findDeveloper } from "@/app/_server/dashboard-session";
import { AuthPage } from "@/app/_ui/auth-page";
import { ButtonLink } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { TextLink } from "@/app/_ui/text-link";
import { type App, findApp } from "@/lib/apps/apps";
import { type MemberInvitation, readInvitation } from "@/lib/apps/invitations";
import { isAppError } from "@/lib/errors";
import { parseEmail } from "@/lib/users/email";
import { acceptInvitationAction } from "./actions";

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

/** null if the link is not valid. */
async function findInvitation(
  appId: string,
  token: unknown,
): Promise<{ app: App; invitation: MemberInvitation } | null> {
  const app = await findApp(appId);
  if (!app || typeof token !== "string") return null;
  try {
    return { app, invitation: await readInvitation(app, token) };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

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
  const isInvited = developer !== null && parseEmail(developer.email ?? "")?.canonical === invitation.email;
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
        {isInvited ? (
          <Form action={acceptInvitationAction} hidden={{ invited_to: app.id, token: String(token) }}>
            <SubmitButton size="lg" className="w-full">
              Join team
            </SubmitButton>
          </Form>
        ) : (
          <>
            <p className="text-ink-muted">
              {developer
                ? "You’re signed in with another email address. Sign out, sign in with the invited one, and open the link from the email again."
                : "Sign in or create an account with this email address. Then open the link from the email again."}
            </p>
            {!developer && (
              <div className="grid gap-3">
                <ButtonLink href="/login" size="lg">
                  Sign in
                </ButtonLink>
                <ButtonLink href="/signup" variant="secondary" size="lg">
                  Create account
                </ButtonLink>
              </div>
            )}
          </>
        )}
      </div>
    </AuthPage>
  );
}
