"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { SecretOnce } from "@/app/_ui/secret-once";
import { SubmitButton } from "@/app/_ui/submit-button";
import { rotateSecretAction } from "../actions";

type RotateSecretProps = {
  hidden: Record<string, string>;
  /** There are two already, and the older one goes. */
  replaces: boolean;
};

export function RotateSecret({ hidden, replaces }: RotateSecretProps) {
  const [round, setRound] = useState(0);
  return (
    <Form key={round} action={rotateSecretAction} hidden={hidden}>
      {({ ok, data }) =>
        ok && data ? (
          <div className="grid gap-4">
            <SecretOnce name="client secret" secret={data.clientSecret} />
            <Button variant="secondary" className="justify-self-start" onClick={() => setRound(round + 1)}>
              I have copied it
            </Button>
          </div>
        ) : (
          <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
            <SubmitButton variant="secondary">New secret</SubmitButton>
            {replaces && <p className="text-sm text-ink-muted">The older of the two stops working then.</p>}
          </div>
        )
      }
    </Form>
  );
}
