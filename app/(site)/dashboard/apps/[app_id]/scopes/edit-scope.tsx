"use client";

// Buttons to edit and delete a scope.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { Modal } from "@/app/_ui/modal";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { changeScopeAction, deleteScopeAction } from "./actions";
import { ScopeFields } from "./scope-fields";

export function EditScope({ scope, appId }: { scope: Scope; appId: string }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const hidden = { app_id: appId, name: scope.name };
  return (
    <span className="relative inline-flex justify-end max-sm:flex-col max-sm:items-end">
      <Button
        variant="quiet"
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Edit ${scope.name}`}
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      <ConfirmDialog
        trigger="Delete"
        triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Delete ${scope.name}` }}
        title="Delete this scope?"
        action={deleteScopeAction}
        hidden={hidden}
        confirm="Delete scope"
        success="Scope deleted"
      >
        <p>
          Applications can no longer request <code className="font-mono text-xs">{scope.name}</code>, and the users’
          consent to it is deleted. Access tokens that contain it stay valid until they expire.
        </p>
      </ConfirmDialog>
      {open && (
        <Modal title={`Edit ${scope.name}`} description="Existing consent stays valid." onClose={close}>
          <Form action={changeScopeAction} hidden={hidden} success="Scope saved" onSuccess={close}>
            <ScopeFields scope={scope} />
            <div className="flex justify-end gap-3">
              <Button variant="secondary" onClick={close}>
                Cancel
              </Button>
              <SubmitButton>Save scope</SubmitButton>
            </div>
          </Form>
        </Modal>
      )}
    </span>
  );
}
