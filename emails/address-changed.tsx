import { Action, Facts, Layout, Paragraph } from "./layout";
import type { Template } from "./template";

export interface AddressChanged {
  at: string;
  /** The new address, or as much of it as the reader should see. */
  newEmail: string;
  /** `asked`: somebody wants to change it; `done`: it was changed. */
  stage: "asked" | "done";
  link: string | null;
}

/** To the old address. */
export const addressChanged: Template<AddressChanged> = {
  subject: ({ stage }, { appName }) =>
    stage === "done" ? `Your address for ${appName} was changed` : `Your address for ${appName} is about to change`,
  Mail: ({ brand, at, newEmail, stage, link }) => (
    <Layout
      brand={brand}
      preview="If it was you, there is nothing to do."
      title={stage === "done" ? "Your address was changed" : "Your address is about to change"}
      footer={`You get this mail because this was the address of your account at ${brand.appName}.`}
    >
      <Facts facts={{ When: at, "New address": newEmail }} />
      <Paragraph>
        {stage === "done"
          ? "If it was not you, write to the people who run this service at once."
          : "If it was not you, change your password now: that stops the change."}
      </Paragraph>
      {link ? (
        <Action brand={brand} href={link}>
          Look at my account
        </Action>
      ) : null}
    </Layout>
  ),
};
