"use client";

// Makes new recovery codes, and shows them in place of the button.
import { Form } from "@/app/_ui/form";
import { SubmitButton } from "@/app/_ui/submit-button";
import { renewCodesAction } from "./actions";
import { SavedCodes } from "./saved-codes";

export function RenewCodes() {
  return (
    <Form action={renewCodesAction}>
      {({ ok, data }) =>
        ok && data ? (
          <SavedCodes {...data} />
        ) : (
          <div className="grid justify-items-start gap-2">
            <SubmitButton variant="secondary">Make new codes</SubmitButton>
            <p className="text-sm text-ink-muted">The codes from before then stop working.</p>
          </div>
        )
      }
    </Form>
  );
}
