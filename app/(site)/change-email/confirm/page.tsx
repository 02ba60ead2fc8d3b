// Behind the mail to a developer's new address: use it from now on.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { lookAtEmailChange } from "@/lib/account/change-email";
import { type LinkPageProps, openDeveloperLink } from "../../developer-link";
import { changeEmailAction } from "./actions";

export const metadata: Metadata = { title: "Use this address?" };

export default async function ChangeEmailPage(props: LinkPageProps) {
  const { token, found } = await openDeveloperLink(props, "change_email", lookAtEmailChange);
  return (
    <AuthPage
      title="Use this address?"
      description={
        <>
          The account of <bdi className="wrap-anywhere">{found.before ?? "somebody"}</bdi> would use{" "}
          <bdi className="font-medium text-ink wrap-anywhere">{found.email}</bdi> from now on.
        </>
      }
      footer={<p>If that is not your account, close this page. Nothing changes then.</p>}
    >
      <Form action={changeEmailAction} hidden={{ token }} className="grid gap-3">
        <SubmitButton size="lg">Use this address</SubmitButton>
      </Form>
    </AuthPage>
  );
}
