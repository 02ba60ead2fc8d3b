/** Email with a password reset link. */
import { Layout } from "./layout";
import { Action, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface ResetPassword {
  link: string;
  minutes: number;
}

export const resetPassword: EmailTemplate<ResetPassword> = {
  subject: (_, { appName }) => `Reset your password for ${appName}`,
  Email: ({ brand, subject, link, minutes }) => (
    <Layout
      brand={brand}
      preview={`This link works once and expires in ${minutes} minutes.`}
      title={subject}
      footer="If you didn't request this, you can ignore this email. Your password stays the same."
    >
      <Paragraph>
        Use this link to choose a new password. It works once and expires in {minutes} minutes. A new password signs you
        out on every device.
      </Paragraph>
      <Action brand={brand} href={link}>
        Reset password
      </Action>
    </Layout>
  ),
};
