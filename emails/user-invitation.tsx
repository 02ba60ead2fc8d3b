import { Action, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface UserInvitation {
  link: string;
  days: number;
}

export const userInvitation: Template<UserInvitation> = {
  subject: (_, { appName }) => `You are invited to ${appName}`,
  Mail: ({ brand, link, days }) => (
    <Layout
      brand={brand}
      preview={`An account at ${brand.appName} waits for you.`}
      title={`You are invited to ${brand.appName}`}
      footer="You get this mail because the people who run this service invited this address. If you do not want an account, do nothing."
    >
      <Paragraph>Follow the link to accept and sign in. The invitation is good for {days} days.</Paragraph>
      <Action brand={brand} href={link}>
        Accept the invitation
      </Action>
    </Layout>
  ),
};
