// Email address of the developer: verification and change.
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changeEmailAction, sendVerificationAction } from "./actions";

export function EmailCard({ verified }: { verified: boolean }) {
  return (
    <Card
      title="Email address"
      description="We’ll send a confirmation link to the new address and notify the old one. Nothing changes until you open the link."
    >
      <div className="grid max-w-md gap-6">
        {!verified && (
          <Form
            action={sendVerificationAction}
            success="Verification email sent"
            className="grid gap-3 rounded-md bg-warning-soft px-3.5 py-3 text-sm text-warning"
            aria-label="Verification"
          >
            <p>Your email address isn’t verified. Open the link in the verification email that we sent you.</p>
            <div>
              <SubmitButton variant="secondary" size="sm">
                Resend verification email
              </SubmitButton>
            </div>
          </Form>
        )}
        <Form
          action={changeEmailAction}
          success="Confirmation email sent. Open its link to change your email address."
          aria-label="Email address"
        >
          <FormField name="email" type="email" label="New email address" autoComplete="email" required />
          <PasswordField name="password" label="Current password" autoComplete="current-password" />
          <div>
            <SubmitButton variant="secondary">Change email address</SubmitButton>
          </div>
        </Form>
      </div>
    </Card>
  );
}
