// What the user can be mailed: the same links that they could ask for themselves.
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { RESET_MINUTES } from "@/lib/account/forgot-password";
import type { AppSettings } from "@/lib/apps/settings";
import { VERIFICATION_HOURS } from "@/lib/signin/verification-email";
import { sendResetAction, sendVerificationAction } from "./actions";
import type { UserCardProps } from "./card-props";

type MailsCardProps = Pick<UserCardProps, "user" | "hidden"> & { methods: AppSettings["methods"] };

export function MailsCard({ user, hidden, methods }: MailsCardProps) {
  const reset = {
    title: "Password reset",
    description: `A link to choose a new password. It works once, for ${RESET_MINUTES} minutes.`,
    button: "Send reset",
    action: sendResetAction,
    success: "The link to a new password is on its way",
  };
  const verification = {
    title: "Verification",
    description: `A link that verifies the address. It works once, for ${VERIFICATION_HOURS} hours.`,
    button: "Resend verification",
    action: sendVerificationAction,
    success: "The link that verifies the address is on its way",
  };
  const mails = [...(methods.password ? [reset] : []), ...(user.email_verified ? [] : [verification])];
  if (!user.email || user.disabled || mails.length === 0) return null;
  return (
    <Card title="Mail a link" description={<span className="break-words">To {user.email}</span>}>
      <ul className="-my-5 divide-y divide-line">
        {mails.map(({ title, description, button, action, success }) => (
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
