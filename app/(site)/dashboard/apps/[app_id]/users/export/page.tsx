// Page to export all users.
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { requireMembership } from "@/app/_server/dashboard-session";
import { Button } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { PageHeader } from "@/app/_ui/page-header";
import { PasswordField } from "@/app/_ui/password-field";
import { includesRole } from "@/lib/apps/members";
import { type AppPageProps, appPath } from "../../app-paths";
import { errorMessage } from "./password-error";

export const metadata: Metadata = { title: "Export users" };

const FORMATS = [
  { value: "csv", label: "CSV", hint: "For spreadsheets and imports." },
  { value: "json", label: "JSON", hint: "An array with one user per line." },
];

export default async function ExportPage({ params, searchParams }: AppPageProps) {
  const { app_id } = await params;
  const { problem } = await searchParams;
  const users = appPath(app_id, "/users");
  const { app, role } = await requireMembership(app_id, `${users}/export`);
  if (!includesRole(role, "admin")) notFound();

  return (
    <div className="max-w-xl">
      <PageHeader
        title="Export users"
        breadcrumb={[{ href: users, label: "Users" }]}
        description="Download all users of this app with their profiles and metadata. The audit trail records each export."
      />
      <Card>
        {/* A plain form: the response is a file, so Next's router isn't involved. */}
        <form method="post" action={`${appPath(app.id, "/users")}/export/file`} className="grid gap-6">
          <fieldset className="grid gap-3">
            <legend className="mb-2 text-sm font-medium">Format</legend>
            {FORMATS.map(({ value, label, hint }, index) => (
              <label key={value} className="flex items-start gap-3 text-sm">
                <input
                  type="radio"
                  name="format"
                  value={value}
                  defaultChecked={index === 0}
                  className="mt-1 size-4 accent-accent"
                />
                <span>
                  <span className="font-medium">{label}</span>
                  <span className="block text-ink-muted">{hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {role === "owner" && <HashesField problem={errorMessage(problem)} />}
          <div>
            <Button type="submit">Export users</Button>
          </div>
        </form>
      </Card>
    </div>
  );
}

/** CSS shows the password field when the box is checked, so it works without JavaScript. */
function HashesField({ problem }: { problem: string | undefined }) {
  return (
    <div className="group rounded-md border border-warning bg-warning-soft px-4 py-3">
      <label className="flex items-start gap-3 text-sm">
        <input
          type="checkbox"
          name="hashes"
          value="on"
          defaultChecked={problem !== undefined}
          className="mt-1 size-4 accent-accent"
        />
        <span>
          <span className="font-medium">Include password hashes</span>
          <span className="block">
            For a migration to another system. Anyone who has the file can try to crack the passwords, so protect it
            like the passwords themselves.
          </span>
        </span>
      </label>
      <div className="mt-4 hidden pl-7 group-has-[[name=hashes]:checked]:block">
        <PasswordField
          name="password"
          label="Your password"
          autoComplete="current-password"
          hint="The password of your dashboard account."
          error={problem}
          // The field is hidden while the box is unchecked. The server validates it.
          required={false}
        />
      </div>
    </div>
  );
}
