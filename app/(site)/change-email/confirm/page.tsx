// Email change of a developer: the page that the link sent to the new email address opens.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { peekEmailChange } from "@/lib/account/change-email";
import { type LinkPageProps, openDeveloperLink } from "../../developer-link";
import { changeEmailAction } from "./actions";

export const metadata: Metadata = { title: "Change your email address?" };

export default async function ChangeEmailPage(props: LinkPageProps) {
  const { token, found } = await openDeveloperLink(props, "change_email", peekEmailChange);
  return (
    <AuthPage
      title="Change your email address?"
      description={
        <>
          The Foyer account <bdi className="wrap-anywhere">{found.before}</bdi> will use{" "}
          <bdi className="font-medium text-ink wrap-anywhere">{found.email}</bdi> instead.
        </>
      }
      footer={<p>If this isn’t your account, close this page. Nothing will change.</p>}
    >
      <Form action={changeEmailAction} hidden={{ token }} className="grid gap-3">
        <SubmitButton size="lg">Change email address</SubmitButton>
      </Form>
    </AuthPage>
  );
}
