// Adds an authenticator app during a sign-in.
import type { ReactNode } from "react";
import { CodeField } from "@/app/_ui/code-field";
import { AuthenticatorSecret } from "../authenticator";
import { BrandButton, PostForm } from "../form";
import { PageCard } from "../page-card";
import { StartAgain } from "./start-again";
import type { WayProps } from "./way-props";

export type AddProps = WayProps & {
  /** Link to the other kinds, if the app allows several. */
  back: ReactNode;
};

export function AddAuthenticator({ app, pending, problem, back }: AddProps) {
  return (
    <PageCard
      app={app}
      title="Add your authenticator app"
      footer={back ? <p>{back}</p> : <StartAgain app={app} pending={pending} />}
    >
      <AuthenticatorSecret app={app} user={pending.user} />
      <PostForm
        app={app}
        path="second-factor/authenticator"
        hidden={{ sign_in: pending.id, way: "totp" }}
        className="mt-4 grid gap-5"
      >
        <CodeField problem={problem} />
        <BrandButton className="w-full">Continue</BrandButton>
      </PostForm>
    </PageCard>
  );
}
