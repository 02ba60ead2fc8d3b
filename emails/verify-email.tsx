/** Email that asks a new user to verify their email address. */
import { Layout } from "./layout";
import { Action, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface VerifyEmail {
  link: string;
  hours: number;
}

export const verifyEmail: EmailTemplate<VerifyEmail> = {
  subject: (_, { appName }) => `Verify your email address for ${appName}`,
  Email: ({ brand, subject, link, hours }) => (
    <Layout
      brand={brand}
      preview={`An account was created with this email address. The link expires in ${hours} hours.`}
      title={subject}
      footer="If you didn't create this account, open the link and choose “No, it wasn't me”. The person who created the account then loses access to it."
    >
      <Paragraph>
        An account at {brand.appName} was created with this email address. Verify that it is yours. The link works once
        and expires in {hours} hours.
      </Paragraph>
      <Action brand={brand} href={link}>
        Verify email address
      </Action>
    </Layout>
  ),
};
