import { Action, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface VerifyEmail {
  link: string;
  hours: number;
}

export const verifyEmail: Template<VerifyEmail> = {
  subject: (_, { appName }) => `Verify your address for ${appName}`,
  Mail: ({ brand, link, hours }) => (
    <Layout
      brand={brand}
      preview="One press, and your address is verified."
      title="Is this your address?"
      footer={`You get this mail because an account at ${brand.appName} was made with this address. If it was not you, open the link and say so: the account is then closed to whoever made it.`}
    >
      <Paragraph>
        An account at {brand.appName} was made with this address. Please confirm that it is yours, within {hours} hours.
      </Paragraph>
      <Action brand={brand} href={link}>
        Verify address
      </Action>
    </Layout>
  ),
};
