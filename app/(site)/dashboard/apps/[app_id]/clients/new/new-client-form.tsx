"use client";

// Name and addresses in; client id and secret out, shown here and the secret nowhere ever again.
import { ButtonLink } from "@/app/_ui/button";
import { Card } from "@/app/_ui/card";
import { Form } from "@/app/_ui/form";
import { FormField, FormTextarea } from "@/app/_ui/form-field";
import { IdChip } from "@/app/_ui/id-chip";
import { SecretOnce } from "@/app/_ui/secret-once";
import { SubmitButton } from "@/app/_ui/submit-button";
import { createClientAction } from "../actions";
import type { ClientType } from "../types";

type NewClientFormProps = { appId: string; issuer: string; type: ClientType; clients: string };

export function NewClientForm({ appId, issuer, type, clients }: NewClientFormProps) {
  return (
    <Card>
      <Form action={createClientAction} hidden={{ app_id: appId, type: type.id }}>
        {({ ok, data }) =>
          ok && data ? (
            <Made {...data} issuer={issuer} clients={clients} />
          ) : (
            <>
              <FormField
                label="Name"
                name="client_name"
                hint="Your users see it on the consent page."
                placeholder="SuperPhotoPrints"
                maxLength={200}
                autoComplete="off"
                required
              />
              {type.redirectExample && (
                <FormTextarea
                  label="Redirect URIs"
                  name="redirect_uris"
                  subject="The line"
                  hint="Where the browser comes back to with a code, one per line. They must match character by character."
                  placeholder={type.redirectExample}
                  rows={3}
                  spellCheck={false}
                  dir="ltr"
                  required
                />
              )}
              <div className="mt-1 flex gap-3">
                <SubmitButton>Create client</SubmitButton>
                <ButtonLink variant="quiet" href={`${clients}/new`} prefetch={false}>
                  Back
                </ButtonLink>
              </div>
            </>
          )
        }
      </Form>
    </Card>
  );
}

type MadeProps = { clientId: string; clientSecret: string | null; issuer: string; clients: string };

function Made({ clientId, clientSecret, issuer, clients }: MadeProps) {
  return (
    <div className="grid gap-5">
      {clientSecret && (
        <SecretOnce name="client secret" secret={clientSecret}>
          It goes to the client’s backend. Never into a browser, an app or a repository.
        </SecretOnce>
      )}
      <dl className="grid gap-x-6 gap-y-3 text-sm sm:grid-cols-[max-content_minmax(0,1fr)]">
        <dt className="text-ink-muted">Client id</dt>
        <dd className="min-w-0">
          <IdChip id={clientId} what="the client id" />
        </dd>
        <dt className="text-ink-muted">Issuer</dt>
        <dd className="min-w-0">
          <IdChip id={issuer} what="the issuer" />
        </dd>
      </dl>
      <p className="text-sm text-ink-muted">
        A client library needs no more than these: it finds the endpoints by discovery, at{" "}
        <code className="font-mono text-xs break-all">{issuer}/.well-known/openid-configuration</code>.
      </p>
      <ButtonLink href={`${clients}/${clientId}`} prefetch={false} className="justify-self-start">
        {clientSecret ? "I have copied it" : "Go to the client"}
      </ButtonLink>
    </div>
  );
}
