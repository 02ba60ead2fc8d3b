// Behind an invitation: the account that it makes.
import type { Metadata } from "next";
import { Button } from "@/app/_ui/button";
import { errorSentence } from "@/app/_ui/error-sentence";
import { Field } from "@/app/_ui/field";
import { PasswordField } from "@/app/_ui/password-field";
import { lookAtInvitation } from "@/lib/account/accept-invitation";
import { BrandButton, PostForm } from "../../form";
import { IsolatedText, LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "user_invitation", "You are invited");
}

export default async function InvitationPage(props: ScreenProps) {
  const { app, token, found, fields } = await openLink(props, "user_invitation", lookAtInvitation);
  const { password, magic_link: magicLink } = app.settings.methods;
  return (
    <PageCard
      app={app}
      title="You are invited"
      description={
        <p>
          To <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText>, as{" "}
          <LtrText className="font-medium text-ink">{found.email}</LtrText>.
        </p>
      }
    >
      <PostForm app={app} path="invitation" hidden={{ token }} className="grid gap-5">
        <input type="text" autoComplete="username" defaultValue={found.email} readOnly hidden />
        <Field
          name="name"
          label="Name"
          optional
          autoComplete="name"
          maxLength={200}
          error={fields.name && errorSentence("The name", fields.name)}
        />
        {password && (
          <PasswordField
            name="password"
            label="Password"
            autoComplete="new-password"
            hint={`At least ${app.settings.password_minimum_bytes} characters. A few words are good, and easy to keep.`}
            error={fields.password && errorSentence("The password", fields.password)}
          />
        )}
        <BrandButton className="mt-1 w-full">Accept the invitation</BrandButton>
        {password && magicLink && (
          <Button
            type="submit"
            variant="secondary"
            size="lg"
            className="-mt-2 w-full"
            name="without"
            value="password"
            formNoValidate
          >
            Go on without a password
          </Button>
        )}
      </PostForm>
      {password && magicLink && (
        <p className="mt-5 text-sm text-ink-muted">Without a password a link is mailed to you whenever you sign in.</p>
      )}
    </PageCard>
  );
}
