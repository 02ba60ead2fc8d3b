"use client";

// A new secret, shown here and nowhere ever again.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { NewSecret } from "@/app/_ui/new-secret";
import { SubmitButton } from "@/app/_ui/submit-button";
import { rotateSecretAction } from "../actions";

type RotateSecretProps = {
  hidden: Record<string, string>;
  /** As many live as may. */
  full: boolean;
};

export function RotateSecret({ hidden, full }: RotateSecretProps) {
  const [round, setRound] = useState(0);
  return (
    <Form key={round} action={rotateSecretAction} hidden={hidden}>
      {({ ok, data }) => {
        if (ok && data)
          return (
            <div className="grid gap-4">
              <NewSecret name="client secret" secret={data.clientSecret}>
                It goes to the client’s backend. Never into a browser, an app or a repository.
              </NewSecret>
              <Button variant="secondary" className="justify-self-start" onClick={() => setRound(round + 1)}>
                I have copied it
              </Button>
            </div>
          );
        // A third one would end the oldest, which somebody may still use.
        if (full) return <p className="text-sm text-ink-muted">Revoke one of them to make another.</p>;
        return (
          <SubmitButton variant="secondary" className="justify-self-start">
            Make a new secret
          </SubmitButton>
        );
      }}
    </Form>
  );
}
