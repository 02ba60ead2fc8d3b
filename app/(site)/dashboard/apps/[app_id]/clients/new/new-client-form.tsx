"use client";

// Form for a new client, replaced by its result with the client secret.
import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button";
import { Form, FormMessage } from "@/app/_ui/form";
import { FormField } from "@/app/_ui/form-field";
import { ListField } from "@/app/_ui/list-field";
import { PageHeader } from "@/app/_ui/page-header";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createClientAction } from "../actions";
import type { ClientType } from "../types";
import { NewClientResult } from "./new-client-result";

type NewClientFormProps = {
  appId: string;
  issuer: string;
  type: ClientType;
  clients: string;
  /** The choice of scopes. */
  children: ReactNode;
};

export function NewClientForm({ appId, issuer, type, clients, children }: NewClientFormProps) {
  const breadcrumb = [
    { href: clients, label: "Clients" },
    { href: `${clients}/new`, label: "Create client" },
  ];
  return (
    <Form action={createClientAction} hidden={{ app_id: appId, type: type.id }} className="contents" placesMessage>
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
                hint={type.redirect ? "Users see this name on the consent page." : "A name to recognize the client."}
                placeholder={type.redirect ? "SuperPhotoPrints" : "Nightly report"}
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
              {children}
              <div className="mt-1 flex flex-wrap gap-3">
                <SubmitButton>Create client</SubmitButton>
                <ButtonLink variant="quiet" href={`${clients}/new`} prefetch={false}>
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
