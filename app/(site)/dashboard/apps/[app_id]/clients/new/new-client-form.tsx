"use client";

// Form for a new application, replaced by its result with the client secret.
import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button";
import { Form, FormMessage } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { ListField } from "@/app/_ui/list-field";
import { PageHeader } from "@/app/_ui/page-header";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createClientAction } from "../actions";
import type { Owner } from "../owners";
import type { ClientType } from "../types";
import { NewClientResult } from "./new-client-result";

type NewClientFormProps = {
  appId: string;
  issuer: string;
  owner: Owner;
  type: ClientType;
  clients: string;
  /** The choice of scopes. */
  children: ReactNode;
};

export function NewClientForm({ appId, issuer, owner, type, clients, children }: NewClientFormProps) {
  const hasUsers = type.id !== "machine";
  const breadcrumb = [
    { href: clients, label: "Applications" },
    { href: `${clients}/new`, label: owner.title },
    { href: `${clients}/new?owner=${owner.id}`, label: "Kind" },
  ];
  return (
    <Form
      action={createClientAction}
      hidden={{ app_id: appId, owner: owner.id, type: type.id }}
      className="contents"
      placesMessage
    >
      {({ data }) =>
        data ? (
          <NewClientResult client={data} issuer={issuer} path={`${clients}/${data.clientId}`} />
        ) : (
          <>
            <PageHeader title={type.title} description={type.consequences} breadcrumb={breadcrumb} />
            <div className="grid gap-6 rounded-lg border border-line bg-surface-raised p-6 shadow-sm">
              <FormMessage />
              <FormField
                label="Name"
                name="client_name"
                hint={
                  hasUsers
                    ? "Users see this name when they sign in or give consent."
                    : "A name to recognize the application."
                }
                placeholder={hasUsers ? "SuperPhotoPrints" : "Nightly report"}
                maxLength={200}
                autoComplete="off"
                required
              />
              {type.redirect && (
                <ListField
                  label="Redirect URIs"
                  entry="Redirect URI"
                  name="redirect_uris"
                  defaultValues={[]}
                  placeholder={type.redirect.example}
                  hint={type.redirect.hint}
                />
              )}
              {hasUsers && owner.id === "third_party" && <PublisherLinks />}
              {children}
              <div className="mt-1 flex flex-wrap gap-3">
                <SubmitButton>Create application</SubmitButton>
                <ButtonLink variant="quiet" href={`${clients}/new?owner=${owner.id}`} prefetch={false}>
                  Back
                </ButtonLink>
              </div>
            </div>
          </>
        )
      }
    </Form>
  );
}

/** What users can check before they trust a third party. */
function PublisherLinks() {
  return (
    <>
      <FormField
        label="Website"
        name="client_uri"
        subject="The URL"
        hint="The consent page shows its host."
        placeholder="https://"
        maxLength={2000}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        optional
      />
      <FormField
        label="Privacy policy URL"
        name="policy_uri"
        subject="The URL"
        hint="The consent page links to it."
        placeholder="https://"
        maxLength={2000}
        spellCheck={false}
        autoComplete="off"
        dir="ltr"
        optional
      />
    </>
  );
}
