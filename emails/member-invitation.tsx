/** Email that invites a developer to the team of an app. */
import { Layout } from "./layout";
import { Action, Paragraph } from "./parts";
import type { EmailTemplate } from "./template";

export interface MemberInvitation {
  link: string;
  inviter: string;
  role: string;
  days: number;
}

export const memberInvitation: EmailTemplate<MemberInvitation> = {
  subject: ({ inviter }, { appName }) => `${inviter} invited you to join ${appName}`,
  Email: ({ brand, subject, link, role, days }) => (
    <Layout
      brand={brand}
      preview={`Your role will be ${role}. The invitation expires in ${days} days.`}
      title={subject}
      footer="If you don't know the sender of this invitation, you can ignore this email."
    >
      <Paragraph>
        To join the team of {brand.appName} on Foyer, sign in or sign up with this email address. Your role will be{" "}
        {role}. The invitation expires in {days} days.
      </Paragraph>
      <Action brand={brand} href={link}>
        Accept invitation
      </Action>
    </Layout>
  ),
};
