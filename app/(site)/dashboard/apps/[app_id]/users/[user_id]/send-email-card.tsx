// Emails that an admin can send to the user: password reset and email verification.
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { RESET_MINUTES } from "@/lib/account/forgot-password";
import type { AppSettings } from "@/lib/apps/settings";
import { VERIFICATION_HOURS } from "@/lib/signin/verification-email";
import { sendResetAction, sendVerificationAction } from "./actions";
import type { UserCardProps } from "./card-props";

type SendEmailCardProps = Pick<UserCardProps, "user" | "hidden"> & { methods: AppSettings["methods"] };

export function SendEmailCard({ user, hidden, methods }: SendEmailCardProps) {
  const reset = {
    title: "Password reset",
    description: `A link to set a new password. It works once and expires after ${RESET_MINUTES} minutes.`,
    button: "Send password reset",
    action: sendResetAction,
    success: "Password reset email sent",
  };
  const verification = {
    title: "Email verification",
    description: `A link to verify the email address. It works once and expires after ${VERIFICATION_HOURS} hours.`,
    button: "Send verification email",
    action: sendVerificationAction,
    success: "Verification email sent",
  };
  const emails = [...(methods.password ? [reset] : []), ...(user.email_verified ? [] : [verification])];
  if (!user.email || user.disabled || emails.length === 0) return null;
  return (
    <Card title="Send email" description={<span className="break-words">To {user.email}</span>}>
      <ul className="-my-5 divide-y divide-line">
        {emails.map(({ title, description, button, action, success }) => (
          <li key={title} className="py-5">
            <Form action={action} hidden={hidden} success={success} className="grid gap-4" aria-label={title}>
              <div className="flex flex-wrap items-center justify-between gap-x-8 gap-y-3">
                <div className="min-w-0 flex-1 basis-64 text-sm">
                  <h3 className="font-medium">{title}</h3>
                  <p className="mt-0.5 text-ink-muted">{description}</p>
                </div>
                <SubmitButton variant="secondary">{button}</SubmitButton>
              </div>
            </Form>
          </li>
        ))}
      </ul>
    </Card>
  );
}
