// The developer's address: whether it is verified, and another one in its place.
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changeEmailAction, sendVerificationAction } from "./actions";

export function EmailCard({ verified }: { verified: boolean }) {
  return (
    <Card
      title="E-mail address"
      description="A new one confirms itself by a mail before anything changes; the old one is told."
    >
      <div className="grid max-w-md gap-6">
        {!verified && (
          <Form
            action={sendVerificationAction}
            success="The mail is on its way"
            className="grid gap-3 rounded-md bg-warning-soft px-3.5 py-3 text-sm text-warning"
            aria-label="Verification"
          >
            <p>Your address is not verified yet. We have mailed you a link; press it, and it is known to be yours.</p>
            <div>
              <SubmitButton variant="secondary" size="sm">
                Send the mail again
              </SubmitButton>
            </div>
          </Form>
        )}
        <Form
          action={changeEmailAction}
          success="Nothing has changed yet: open the link in the mail to the new address"
          aria-label="E-mail address"
        >
          <FormField name="email" type="email" label="New e-mail address" autoComplete="email" required />
          <PasswordField name="password" label="Password" autoComplete="current-password" />
          <div>
            <SubmitButton variant="secondary">Change address</SubmitButton>
          </div>
        </Form>
      </div>
    </Card>
  );
}
