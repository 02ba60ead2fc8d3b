// Account deletion: its consequences, and the password as confirmation.
import type { Metadata } from "next";
import { requireAccount } from "@/app/_server/hosted";
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { PasswordField } from "@/app/_ui/password-field";
import { TextLink } from "@/app/_ui/text-link";
import { getAccountSummary } from "@/lib/account/account-summary";
import { findApp } from "@/lib/apps/apps";
import { Alert } from "../../alert";
import { PostForm } from "../../form";
import { IsolatedText } from "../../isolated-text";
import { PageCard } from "../../page-card";
import { screenPath } from "../../screen";
import { SignedInUser } from "../../signed-in-user";
import { SignInAgain } from "../sign-in-again";

type DeleteProps = { params: Promise<{ app: string }> };

export async function generateMetadata({ params }: DeleteProps): Promise<Metadata> {
  const app = await findApp((await params).app);
  return { title: { absolute: app ? `Delete your account · ${app.name}` : "Not found" } };
}

export default async function DeletePage({ params }: DeleteProps) {
  const { app, session, flash } = await requireAccount((await params).app, "account/delete");
  const facts = await getAccountSummary(app, session);
  const wrong = flash && !flash.ok ? flash : null;
  const { password } = wrong?.fields ?? {};
  return (
    <PageCard
      app={app}
      title="Delete your account"
      description={<p>This can’t be undone.</p>}
      footer={
        <p>
          <TextLink href={screenPath(app, "account")}>Cancel</TextLink>
        </p>
      }
    >
      <div className="rounded-md border border-line px-4 py-3.5">
        <SignedInUser session={session} />
      </div>
      <ul className="mt-5 grid list-disc gap-1.5 pl-5 text-sm marker:text-ink-muted">
        <li>Your profile, password, and all other sign-in methods are deleted.</li>
        <li>You’re signed out on every device, and connected apps lose access.</li>
        <li>
          <IsolatedText>{app.name}</IsolatedText> may keep its own records. Contact its support team about them.
        </li>
      </ul>
      <div className="mt-6">
        {wrong && !password && (
          <Alert tone="danger" role="alert" className="mb-5">
            {wrong.message}
          </Alert>
        )}
        {facts.hasPassword || facts.isFresh ? (
          <PostForm app={app} path="account/delete" hidden={{ user: session.userId }} className="grid gap-5">
            <input type="text" autoComplete="username" defaultValue={session.email ?? ""} readOnly hidden />
            {facts.hasPassword && (
              <PasswordField
                name="password"
                label="Password"
                autoComplete="current-password"
                error={password && errorSentence("The password", password)}
              />
            )}
            <Button type="submit" variant="danger" size="lg">
              Delete my account
            </Button>
          </PostForm>
        ) : (
          <SignInAgain app={app} page="account/delete" what="delete your account" />
        )}
      </div>
    </PageCard>
  );
}
