/** Email that invites a person to create an account at an app. */
import { Layout } from "./layout";
import { Action, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface UserInvitation {
  link: string;
  days: number;
}

export const userInvitation: EmailTemplate<UserInvitation> = {
  subject: (_, { appName }) => `You're invited to ${appName}`,
  Email: ({ brand, subject, link, days }) => (
    <Layout
      brand={brand}
      preview={`Create your account. The invitation expires in ${days} days.`}
      title={subject}
      footer="If you don't want an account, you can ignore this email."
    >
      <Paragraph>Accept the invitation to create your account. It expires in {days} days.</Paragraph>
      <Action brand={brand} href={link}>
        Accept invitation
      </Action>
    </Layout>
  ),
};
