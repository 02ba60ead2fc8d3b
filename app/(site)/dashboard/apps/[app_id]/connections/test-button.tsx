"use client";

// Button to test a connection: opens the provider, which returns to the test's result.
import { useState } from "react";
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { testConnectionAction } from "./actions";

type TestButtonProps = { appId: string; name: string; label: string; again?: boolean };

export function TestButton({ appId, name, label, again = false }: TestButtonProps) {
  const [leaving, setLeaving] = useState(false);

  function leave({ url }: { url: string }) {
    setLeaving(true);
    window.location.assign(url);
  }

  return (
    <Form action={testConnectionAction} hidden={{ app_id: appId, name }} onSuccess={leave} className="grid gap-3">
      {({ data }) =>
        data && !leaving ? (
          // Without JavaScript, the form responds with a link.
          <a href={data.url} className="text-sm font-medium underline underline-offset-3">
            Go to {label}
          </a>
        ) : (
          <SubmitButton variant={again ? "primary" : "secondary"} aria-disabled={leaving || undefined}>
            {again ? "Test again" : "Test connection"}
          </SubmitButton>
        )
      }
    </Form>
  );
}
