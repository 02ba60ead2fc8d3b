// Page to add a user.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { PasswordField } from "@/app/_ui/password-field";
import { SubmitButton } from "@/app/_ui/submit-button";
import { FormSwitch } from "@/app/_ui/switch";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../../app-paths";
import { addUserAction } from "../actions";

export const metadata: Metadata = { title: "Add user" };

export default async function NewUserPage({ params }: AppPageProps) {
  const { app_id } = await params;
  const users = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, `${users}/new`);
  if (!includesRole(role, "admin")) notFound();

  return (
    <div className="max-w-xl">
      <PageHeader title="Add user" breadcrumb={[{ href: users, label: "Users" }]} />
      <Card>
        <Form action={addUserAction} hidden={{ app_id: app.id }} className="grid gap-5">
          <FormField
            label="Email address"
            name="email"
            type="email"
            dir="ltr"
            maxLength={320}
            autoComplete="off"
            required
          />
          <FormField label="Name" name="name" maxLength={200} autoComplete="off" optional />
          <PasswordField
            label="Password"
            name="password"
            autoComplete="new-password"
            hint="Without a password, the user needs another sign-in method, such as a magic link."
            optional
          />
          <FormSwitch
            label="Email address is verified"
            name="email_verified"
            hint="Turn this on only if you have checked that the user owns the address."
          />
          <div className="mt-1 flex gap-3">
            <SubmitButton>Add user</SubmitButton>
            <ButtonLink variant="quiet" href={users} prefetch={false}>
              Cancel
            </ButtonLink>
          </div>
        </Form>
      </Card>
    </div>
  );
}
