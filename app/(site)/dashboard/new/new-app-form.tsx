"use client";

// Form for a new app, replaced by its result. The key is only in the action's response.
import { Form, FormMessage } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createAppAction } from "./actions";
import { NewAppResult } from "./new-app-result";

const breadcrumb = [{ href: "/dashboard", label: "Your apps" }];

export function NewAppForm() {
  return (
    <Form action={createAppAction} className="contents" placesMessage>
      {({ data }) =>
        data ? (
          <NewAppResult app={data} />
        ) : (
          <>
            <PageHeader
              breadcrumb={breadcrumb}
              title="Create app"
              description="The app gets an ID, its own issuer and signing keys, a first API key and a first OAuth client."
            />
            <div className="grid gap-6 rounded-lg border border-line bg-surface-raised p-6 shadow-sm">
              <FormMessage />
              <FormField
                name="name"
                label="Name"
                autoComplete="off"
                required
                maxLength={200}
                placeholder="My blog"
                hint="Users see this name when they sign in. You can change it later."
              />
              <div>
                <SubmitButton>Create app</SubmitButton>
              </div>
            </div>
          </>
        )
      }
    </Form>
  );
}
