"use client";

// Asks for the name; in the same place then shows what was made. The key comes in the action's answer, never in an address.
import { Form, FormMessage } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { PageHeader } from "@/app/_ui/page-header";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createAppAction } from "./actions";
import { NewAppResult } from "./new-app-result";

const breadcrumb = [{ href: "/dashboard", label: "Your Apps" }];

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
              title="Create an App"
              description="It gets an id, an issuer with signing keys of its own, and a first API key."
            />
            <div className="grid gap-6 rounded-lg border border-line bg-surface-raised p-6 shadow-sm">
              <FormMessage />
              <FormField
                name="name"
                label="Name"
                autoComplete="off"
                required
                maxLength={200}
                placeholder="My Blog"
                hint="Its users see it when they sign in. You can change it later."
              />
              <div>
                <SubmitButton>Create the App</SubmitButton>
              </div>
            </div>
          </>
        )
      }
    </Form>
  );
}
