"use client";

// Button that resolves a finding, after a confirmation. A new secret is shown in its place.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { Modal } from "@/app/_ui/modal";
import { NewSecret } from "@/app/_ui/new-secret";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { Finding } from "@/lib/oauth/check-up/rules";
import { fixFindingAction } from "./actions";
import { FIX_TEXTS } from "./fix-texts";

type FixButtonProps = { appId: string; finding: Finding };

export function FixButton({ appId, finding: { rule, client, fix } }: FixButtonProps) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => setOpen(false);
  if (secret)
    return (
      <div className="grid basis-full gap-4">
        <NewSecret name="client secret" secret={secret}>
          Deploy it in the application’s backend. Then revoke the old secret here.
        </NewSecret>
        <Button variant="secondary" className="justify-self-start" onClick={() => setSecret(null)}>
          I’ve copied the secret
        </Button>
      </div>
    );
  if (!fix) return null;
  const { trigger, title, consequence, success } = FIX_TEXTS[fix.action];
  const name = client?.client_name ?? "this app";
  const isFinal = fix.action === "delete_client" || fix.action === "revoke_secret";
  return (
    <>
      <Button
        variant="secondary"
        size="sm"
        aria-haspopup="dialog"
        aria-label={`${trigger}: ${name}`}
        onClick={() => setOpen(true)}
      >
        {trigger}
      </Button>
      {open && (
        <Modal
          title={title}
          onClose={close}
          description={
            <>
              <p>
                This changes <strong className="font-medium text-ink">{name}</strong>. {consequence}
              </p>
              {fix.action === "remove_redirect_uris" && <Values values={fix.uris} />}
              {fix.action === "revoke_secret" && <Values values={[`${fix.prefix}…`]} />}
            </>
          }
        >
          <Form
            action={fixFindingAction}
            hidden={{ app_id: appId, rule, ...(client && { client_id: client.id }) }}
            success={success}
            onSuccess={({ clientSecret }) => {
              setSecret(clientSecret);
              close();
            }}
          >
            <div className="flex flex-wrap justify-end gap-3">
              <Button variant="secondary" onClick={close}>
                Cancel
              </Button>
              <SubmitButton variant={isFinal ? "danger" : "primary"}>{trigger}</SubmitButton>
            </div>
          </Form>
        </Modal>
      )}
    </>
  );
}

function Values({ values }: { values: string[] }) {
  return (
    <ul className="mt-2 grid gap-1">
      {values.map((value) => (
        <li key={value}>
          <code className="font-mono text-xs break-all text-ink">{value}</code>
        </li>
      ))}
    </ul>
  );
}
