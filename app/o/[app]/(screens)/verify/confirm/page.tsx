// Behind the mail that asks whether an address is somebody's: yes, or no.
import type { Metadata } from "next";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import { lookAtVerification } from "@/lib/account/verify-address";
import { BrandButton, PostForm } from "../../form";
import { IsolatedText, LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "verify_email", "Is this your address?");
}

export default async function VerifyPage(props: ScreenProps) {
  const { app, token, found } = await openLink(props, "verify_email", lookAtVerification);
  return (
    <PageCard
      app={app}
      title="Is this your address?"
      description={
        <p>
          An account at <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> was made with{" "}
          <LtrText className="font-medium text-ink">{found.email}</LtrText> <RelativeTime at={found.madeAt} />. Say yes
          only if you made it yourself.
        </p>
      }
    >
      <PostForm app={app} path="verify" hidden={{ token }} className="grid gap-3">
        <BrandButton name="decision" value="mine">
          Yes, this is my address
        </BrandButton>
        <Button type="submit" variant="secondary" size="lg" name="decision" value="not_mine">
          It was not me
        </Button>
      </PostForm>
      <p className="mt-5 text-sm text-ink-muted">
        “It was not me” closes the account to whoever made it: their password, their sessions and what they set up are
        removed.
      </p>
    </PageCard>
  );
}
