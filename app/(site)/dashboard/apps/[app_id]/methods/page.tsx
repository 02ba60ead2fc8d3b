// How the users of an App prove who they are: each method is switched on or off, with what belongs to it.
import type { Metadata } from "next";
import { requireMembership } from "@/app/_server/dashboard-session";
import { FormCard } from "@/app/_ui/form-card";
import { FormField, FormSelect } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { FormSwitch } from "@/app/_ui/switch";
import { TextLink } from "@/app/_ui/text-link";
import { includesRole } from "@/lib/apps/members";
import { MAGIC_LINK_MINUTES } from "@/lib/signin/magic-link";
import { type AppPageProps, appPath } from "../app-paths";
import { DELIVERIES, DELIVERY_HINT } from "../deliveries";
import { changeMagicLinksAction, changeNoticesAction, changePasswordsAction, changeSenderAction } from "./actions";
import { SignUpCard } from "./sign-up-card";

export const metadata: Metadata = { title: "Sign-in methods" };

export default async function MethodsPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const { app, role } = await requireMembership(app_id, appPath(app_id, "/methods"));
  const { settings } = app;
  const shared = {
    hidden: { app_id: app.id },
    readOnly: !includesRole(role, "admin"),
    success: "The settings are saved",
    beside: true,
  };

  return (
    <>
      <PageHeader
        title="Sign-in methods"
        description="How people prove who they are, through your own pages and through those that Foyer shows for you."
      />
      <div className="grid gap-8">
        <SignUpCard settings={settings} {...shared} />
        <FormCard
          title="Passwords"
          description="E-mail address and password, by API and on the hosted pages."
          action={changePasswordsAction}
          {...shared}
        >
          <FormSwitch
            label="Passwords"
            name="credentials"
            defaultOn={settings.methods.password}
            hint="Switched off, nobody can sign up with a password or log in with one."
          />
          <div className="max-w-72">
            <FormField
              label="Shortest password"
              name="shortest"
              subject="The length"
              hint="8 to 64 characters."
              inputMode="numeric"
              autoComplete="off"
              defaultValue={String(settings.password_minimum_bytes)}
            />
          </div>
          <FormSwitch
            label="Mail a link to verify the address"
            name="verify_email_on_signup"
            defaultOn={settings.verify_email_on_signup}
            hint="To whoever signs up with a password."
          />
        </FormCard>
        <FormCard
          title="Magic links"
          description={
            <>
              A mail with a link and a 6-digit code. Both work once, for {MAGIC_LINK_MINUTES} minutes. See them in the{" "}
              <TextLink href={appPath(app.id, "/mails")}>mailbox</TextLink>.
            </>
          }
          action={changeMagicLinksAction}
          {...shared}
        >
          <FormSwitch
            label="Magic links"
            name="magic_link"
            defaultOn={settings.methods.magic_link}
            hint="Opening one verifies the address, and makes a user of somebody new where sign-up is open."
          />
        </FormCard>
        <FormCard
          title="Notices"
          description="What users are told by mail, without having asked."
          action={changeNoticesAction}
          {...shared}
        >
          <FormSwitch
            label="Sign-in on a new device"
            name="mail_new_sign_in"
            defaultOn={settings.mail_new_sign_in}
            hint="Whoever signs in on Foyer’s pages with a device or from a network not seen before is told of it."
          />
        </FormCard>
        <FormCard
          title="The way back"
          description={
            <>
              How a sign-in that happened at Foyer reaches one of your{" "}
              <TextLink href={appPath(app.id, "/settings")}>return URLs</TextLink>, and whom mails come from.
            </>
          }
          action={changeSenderAction}
          {...shared}
        >
          <FormSelect
            label="What your return URL gets"
            name="delivery"
            options={DELIVERIES}
            defaultValue={settings.delivery}
            hint={DELIVERY_HINT}
          />
          <FormField
            label="Sender of mails"
            name="mail_from_name"
            subject="The name"
            optional
            autoComplete="off"
            maxLength={100}
            placeholder={app.name}
            defaultValue={settings.mail_from_name ?? ""}
          />
        </FormCard>
      </div>
    </>
  );
}
