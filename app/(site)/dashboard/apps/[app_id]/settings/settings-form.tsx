// Form of a page of settings: sections, and one bar that saves them all.
import type { ReactNode } from "react";
import type { FormAction } from "@/app/_server/action";
import { Form } from "@/app/_ui/form";
import { SaveBar } from "@/app/_ui/save-bar";

type SettingsFormProps = {
  appId: string;
  label: string;
  action: FormAction<void>;
  /** Viewers see the values but can't change them. */
  readOnly: boolean;
  children: ReactNode;
};

export function SettingsForm({ appId, label, action, readOnly, children }: SettingsFormProps) {
  return (
    <>
      {readOnly && (
        <p className="mb-8 text-ink-muted">You can view these settings. Only owners and admins can change them.</p>
      )}
      <Form
        action={action}
        hidden={{ app_id: appId }}
        success="Settings saved"
        aria-label={label}
        className="grid gap-8"
        placesMessage
      >
        <fieldset disabled={readOnly} className="grid min-w-0 gap-8">
          {children}
        </fieldset>
        {!readOnly && <SaveBar />}
      </Form>
    </>
  );
}
