/** Email to the new address of a user who wants to change their email address. */
import { Layout } from "./layout";
import { Action, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface ConfirmAddress {
  link: string;
  hours: number;
}

export const confirmAddress: EmailTemplate<ConfirmAddress> = {
  subject: (_, { appName }) => `Confirm your new email address for ${appName}`,
  Email: ({ brand, subject, link, hours }) => (
    <Layout
      brand={brand}
      preview={`Nothing changes until you confirm it. The link expires in ${hours} hours.`}
      title={subject}
      footer="If you didn't request this, you can ignore this email. Nothing will change."
    >
      <Paragraph>
        Confirm that your account at {brand.appName} should use this email address. Nothing changes until you do. The
        link works once and expires in {hours} hours.
      </Paragraph>
      <Action brand={brand} href={link}>
        Confirm email address
      </Action>
    </Layout>
  ),
};
