"use client";

// Buttons to edit and delete a resource.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Form } from "@/app/_ui/form";
import { Modal } from "@/app/_ui/modal";
import { SubmitButton } from "@/app/_ui/submit-button";
import type { Scope } from "@/lib/oauth/scopes/descriptions";
import { changeResourceAction, deleteResourceAction } from "./actions";
import { ResourceFields } from "./resource-fields";
import type { ResourceItem } from "./resource-item";

type EditResourceProps = { resource: ResourceItem; appId: string; scopes: Scope[]; usualTtl: number };

export function EditResource({ resource, appId, scopes, usualTtl }: EditResourceProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  const hidden = { app_id: appId, resource_id: resource.id };
  return (
    <span className="relative inline-flex justify-end max-sm:flex-col max-sm:items-end">
      <Button
        variant="quiet"
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Edit ${resource.name}`}
        onClick={() => setOpen(true)}
      >
        Edit
      </Button>
      <ConfirmDialog
        trigger="Delete"
        triggerProps={{ variant: "quiet", size: "sm", "aria-label": `Delete ${resource.name}` }}
        title="Delete this resource?"
        action={deleteResourceAction}
        hidden={hidden}
        confirm="Delete resource"
        success="Resource deleted"
      >
        <p>
          Applications can no longer get tokens for <code className="font-mono text-xs">{resource.identifier}</code>.
          Tokens that were issued for it stay valid until they expire.
        </p>
      </ConfirmDialog>
      {open && (
        <Modal
          title={`Edit ${resource.name}`}
          description="Changes apply to the tokens that are issued from now on."
          onClose={close}
        >
          <Form action={changeResourceAction} hidden={hidden} success="Resource saved" onSuccess={close}>
            <ResourceFields resource={resource} scopes={scopes} usualTtl={usualTtl} />
            <div className="flex justify-end gap-3">
              <Button variant="secondary" onClick={close}>
                Cancel
              </Button>
              <SubmitButton>Save resource</SubmitButton>
            </div>
          </Form>
        </Modal>
      )}
    </span>
  );
}
