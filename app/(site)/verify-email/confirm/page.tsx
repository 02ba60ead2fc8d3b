// Behind the mail that asks whether an address is a developer's: yes, or no.
import type { Metadata } from "next";
import { AuthPage } from "@/app/_ui/auth-page";
import { Form } from "@/app/_ui/form";
import { RelativeTime } from "@/app/_ui/relative-time";
import { SubmitButton } from "@/app/_ui/submit-button";
import { lookAtVerification } from "@/lib/account/verify-address";
import { type LinkPageProps, openDeveloperLink } from "../../developer-link";
import { verifyEmailAction } from "./actions";

export const metadata: Metadata = { title: "Is this your address?" };

export default async function VerifyEmailPage(props: LinkPageProps) {
  const { token, found } = await openDeveloperLink(props, "verify_email", lookAtVerification);
  return (
    <AuthPage
      title="Is this your address?"
      description={
        <>
          An account was made with <bdi className="font-medium text-ink wrap-anywhere">{found.email}</bdi>{" "}
          <RelativeTime at={found.madeAt} />. Say yes only if you made it yourself.
        </>
      }
      footer={<p>“It was not me” closes the account to whoever made it.</p>}
    >
      <Form action={verifyEmailAction} hidden={{ token }} className="grid gap-3">
        <SubmitButton size="lg" name="decision" value="mine">
          Yes, this is my address
        </SubmitButton>
        <SubmitButton size="lg" variant="secondary" name="decision" value="not_mine">
          It was not me
        </SubmitButton>
      </Form>
    </AuthPage>
  );
}
