// Account selection (OIDC Core §3.1.2.1, prompt=select_account).
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { Button } from "@/app/_ui/button";
import { ContinueTo } from "../continue-to";
import { ExpiredPage } from "../expired-page";
import { BrandButton, PostForm } from "../form";
import { PageCard } from "../page-card";
import { openScreen, type ScreenProps, screenMetadata, screenPath } from "../screen";
import { SignedInUser } from "../signed-in-user";

export function generateMetadata(props: ScreenProps): Promise<Metadata> {
  return screenMetadata(props, "Choose an account");
}

export default async function SelectAccountPage(props: ScreenProps) {
  const { app, screen } = await openScreen(props);
  if (!screen) return <ExpiredPage app={app} />;
  const { interaction, client, session } = screen;
  if (!session) redirect(screenPath(app, "signin", interaction.id));
  return (
    <PageCard app={app} title="Choose an account" description={<ContinueTo client={client} />}>
      <div className="rounded-md border border-line px-4 py-3.5">
        <SignedInUser session={session} />
      </div>
      <PostForm app={app} path="select-account" hidden={{ interaction: interaction.id }} className="mt-5 grid gap-3">
        <BrandButton name="decision" value="continue">
          Continue with this account
        </BrandButton>
        <Button type="submit" variant="secondary" size="lg" name="decision" value="other">
          Use another account
        </Button>
      </PostForm>
    </PageCard>
  );
}
