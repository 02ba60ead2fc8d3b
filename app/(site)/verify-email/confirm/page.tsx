// Email verification of a developer: the page that the link from the email opens.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { Form } from "@/app/_ui/form";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SubmitButton } from "@/app/_ui/submit-button";
import { peekVerification } from "@/lib/account/verify-email";
import { type LinkPageProps, openDeveloperLink } from "../../developer-link";
import { verifyEmailAction } from "./actions";

export const metadata: Metadata = { title: "Verify your email address" };

export default async function VerifyEmailPage(props: LinkPageProps) {
  const { token, found } = await openDeveloperLink(props, "verify_email", peekVerification);
  return (
    <AuthPage
      title="Verify your email address"
      description={
        <>
          A Foyer account was created with <bdi className="font-medium text-ink wrap-anywhere">{found.email}</bdi>{" "}
          <RelativeTime at={found.accountCreatedAt} />. Did you create it?
        </>
      }
      footer={<p>If it wasn’t you, the person who created the account loses access to it.</p>}
    >
      <Form action={verifyEmailAction} hidden={{ token }} className="grid gap-3">
        <SubmitButton size="lg" name="decision" value="mine">
          Yes, verify my email address
        </SubmitButton>
        <SubmitButton size="lg" variant="secondary" name="decision" value="not_mine">
          No, it wasn’t me
        </SubmitButton>
      </Form>
    </AuthPage>
  );
}
