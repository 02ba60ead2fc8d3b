import { Action, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface ConfirmAddress {
  link: string;
  hours: number;
}

/** To the new address of somebody who wants to change theirs. */
export const confirmAddress: Template<ConfirmAddress> = {
  subject: (_, { appName }) => `Confirm your new address for ${appName}`,
  Mail: ({ brand, link, hours }) => (
    <Layout
      brand={brand}
      preview="One press, and your account uses this address."
      title="Confirm your new address"
      footer="You get this mail because somebody wants to use this address for their account. If it was not you, do nothing."
    >
      <Paragraph>
        Your account at {brand.appName} is to use this address from now on. Confirm it within {hours} hours; until then
        nothing changes.
      </Paragraph>
      <Action brand={brand} href={link}>
        Use this address
      </Action>
    </Layout>
  ),
};
