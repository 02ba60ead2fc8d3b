// Where an invitation to the team of an App leads.
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

const home = (
  <p>
    <TextLink href="/dashboard">To your Apps</TextLink>
  </p>
);

type InvitationPageProps = {
  params: Promise<{ app_id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** null: it leads nowhere, and the page says so. */
async function find(appId: string, token: unknown): Promise<{ app: App; invitation: MemberInvitation } | null> {
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
  const found = await find((await params).app_id, token);
  if (!found)
    return (
      <AuthPage title="This invitation has ended" footer={home}>
        <p className="text-sm text-ink-muted">
          It was used, withdrawn, replaced by a newer one, or is older than seven days. Ask for another one.
        </p>
      </AuthPage>
    );
  const { app, invitation } = found;
  const developer = await findDeveloper();
  const isTheirs = developer !== null && parseEmail(developer.email ?? "")?.canonical === invitation.email;
  return (
    <AuthPage title={`Join ${app.name}`} footer={home}>
      <div className="grid gap-5 text-sm">
        <p className="text-ink-muted">
          <span dir="ltr">{invitation.payload.invitedBy}</span> invites{" "}
          <strong dir="ltr" className="font-medium text-ink">
            {invitation.email}
          </strong>{" "}
          to the team, with the role {invitation.payload.role}.
        </p>
        {isTheirs ? (
          <Form action={acceptInvitationAction} hidden={{ invited_to: app.id, token: String(token) }}>
            <SubmitButton size="lg" className="w-full">
              Join the team
            </SubmitButton>
          </Form>
        ) : (
          <>
            <p className="text-ink-muted">
              {developer
                ? "You are signed in with another address. Log out, come in with the invited one, then open the link of the mail again."
                : "Log in or sign up with that address, then open the link of the mail again."}
            </p>
            {!developer && (
              <div className="grid gap-3">
                <ButtonLink href="/login" size="lg">
                  Log in
                </ButtonLink>
                <ButtonLink href="/signup" variant="secondary" size="lg">
                  Create an account
                </ButtonLink>
              </div>
            )}
          </>
        )}
      </div>
    </AuthPage>
  );
}
