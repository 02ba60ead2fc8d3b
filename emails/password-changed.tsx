/** Email about a changed password. */
import { Layout } from "./layout";
import { Action, Facts, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface PasswordChanged {
  at: string;
  device: string | null;
  /** The page that sends a password reset link. */
  link: string | null;
}

export const passwordChanged: EmailTemplate<PasswordChanged> = {
  subject: (_, { appName }) => `Your password for ${appName} was changed`,
  Email: ({ brand, subject, at, device, link }) => (
    <Layout
      brand={brand}
      preview="If you changed it, you don't need to do anything."
      title={subject}
      footer={`You received this email because the password of your account at ${brand.appName} was changed.`}
    >
      <Facts facts={{ Time: at, Device: device }} />
      <Paragraph>
        If you changed it, you don't need to do anything. If you didn't, reset your password now: that signs out every
        device.
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Reset password
        </Action>
      ) : null}
    </Layout>
  ),
};
