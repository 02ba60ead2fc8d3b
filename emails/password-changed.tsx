import { Action, Facts, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface PasswordChanged {
  at: string;
  device: string | null;
  /** Where a new one can be chosen; null where the App has pages of its own. */
  link: string | null;
}

export const passwordChanged: Template<PasswordChanged> = {
  subject: (_, { appName }) => `Your password for ${appName} was changed`,
  Mail: ({ brand, at, device, link }) => (
    <Layout
      brand={brand}
      preview="If it was you, there is nothing to do."
      title="Your password was changed"
      footer={`You get this mail because your account at ${brand.appName} was changed.`}
    >
      <Facts facts={{ When: at, Device: device }} />
      <Paragraph>
        If it was you, there is nothing to do. If not, choose a new password now: it signs out everybody else.
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          It was not me
        </Action>
      ) : null}
    </Layout>
  ),
};
