import { Action, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface MemberInvitation {
  link: string;
  inviter: string;
  role: string;
  days: number;
}

/** To a developer who is asked to help with an App. */
export const memberInvitation: Template<MemberInvitation> = {
  subject: ({ inviter }, { appName }) => `${inviter} invites you to ${appName}`,
  Mail: ({ brand, link, inviter, role, days }) => (
    <Layout
      brand={brand}
      preview={`${inviter} would like your help with ${brand.appName}.`}
      title={`Help with ${brand.appName}`}
      footer="You get this mail because somebody invited this address. If you do not know them, do nothing."
    >
      <Paragraph>
        {inviter} invites you to {brand.appName} at Foyer, with the role {role}. Sign in or up with this address to
        accept, within {days} days.
      </Paragraph>
      <Action brand={brand} href={link}>
        Accept the invitation
      </Action>
    </Layout>
  ),
};
