"use client";

// Buttons to edit and delete a custom claim.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { Modal } from "@/app/_ui/modal";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changeClaimAction, deleteClaimAction } from "./actions";
import { ClaimFields, type ClaimItem } from "./claim-fields";

export function EditClaim({ claim, appId, scopes }: { claim: ClaimItem; appId: string; scopes: string[] }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const hidden = { app_id: appId, claim_id: claim.id };
  return (
    <span className="relative inline-flex justify-end max-sm:flex-col max-sm:items-end">
      <Button
        variant="quiet"
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Edit ${claim.name}`}
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      <ConfirmDialog
        trigger="Delete"
        triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Delete ${claim.name}` }}
        title="Delete this claim?"
        action={deleteClaimAction}
        hidden={hidden}
        confirm="Delete claim"
        success="Claim deleted"
      >
        <p>
          New tokens no longer contain <code className="font-mono text-xs break-all">{claim.name}</code>. The data of
          your users stays.
        </p>
      </ConfirmDialog>
      {open && (
        <Modal title={`Edit ${claim.name}`} description="Changes are in the next token." onClose={close}>
          <Form action={changeClaimAction} hidden={hidden} success="Claim saved" onSuccess={close}>
            <ClaimFields claim={claim} scopes={scopes} />
            <div className="flex justify-end gap-3">
              <Button variant="secondary" onClick={close}>
                Cancel
              </Button>
              <SubmitButton>Save claim</SubmitButton>
            </div>
          </Form>
        </Modal>
      )}
    </span>
  );
}
