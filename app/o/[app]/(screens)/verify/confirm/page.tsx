// Email verification: the page that the link from the email opens.
import type { Metadata } from "next";
import { Button } from "@/app/_ui/button";
import { RelativeTime } from "@/app/_ui/relative-time";
import { peekVerification } from "@/lib/account/verify-email";
import { BrandButton, PostForm } from "../../form";
import { IsolatedText, LtrText } from "../../isolated-text";
import { linkMetadata, openLink } from "../../link";
import { PageCard } from "../../page-card";
import type { ScreenProps } from "../../screen";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return linkMetadata(props, "verify_email", "Verify your email address");
}

export default async function VerifyPage(props: ScreenProps) {
  const { app, token, found } = await openLink(props, "verify_email", peekVerification);
  return (
    <PageCard
      app={app}
      title="Verify your email address"
      description={
        <p>
          An account at <IsolatedText className="font-medium text-ink">{app.name}</IsolatedText> was created with{" "}
          <LtrText className="font-medium text-ink">{found.email}</LtrText> <RelativeTime at={found.accountCreatedAt} />
          . Did you create it?
        </p>
      }
    >
      <PostForm app={app} path="verify" hidden={{ token }} className="grid gap-3">
        <BrandButton name="decision" value="mine">
          Yes, verify my email address
        </BrandButton>
        <Button type="submit" variant="secondary" size="lg" name="decision" value="not_mine">
          No, it wasn’t me
        </Button>
      </PostForm>
      <p className="mt-5 text-sm text-ink-muted">
        If it wasn’t you, we remove the password, sessions, and settings of the person who created the account.
      </p>
    </PageCard>
  );
}
