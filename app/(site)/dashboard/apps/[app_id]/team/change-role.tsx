"use client";

// Button and dialog to change the role of a member.
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Form } from "@/app/_ui/form";
import { FormSelect } from "@/app/_ui/form-field";
import { Modal } from "@/app/_ui/modal";
import { SubmitButton } from "@/app/_ui/submit-button";
import { changeRoleAction } from "./actions";
import { ROLE_OPTIONS } from "./roles";

type ChangeRoleProps = { name: string; role: string; hidden: Record<string, string> };

export function ChangeRole({ name, role, hidden }: ChangeRoleProps) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button
        variant="quiet"
        size="sm"
        aria-haspopup="dialog"
        aria-label={`Change role of ${name}`}
        onClick={() => setOpen(true)}
      >
        Change role
      </Button>
      {open && (
        <Modal title={`Change the role of ${name}`} description="The change takes effect immediately." onClose={close}>
          <Form action={changeRoleAction} hidden={hidden} success="Role changed" onSuccess={close}>
            <FormSelect label="Role" name="role" options={ROLE_OPTIONS} defaultValue={role} />
            <div className="flex justify-end gap-3">
              <Button variant="secondary" onClick={close}>
                Cancel
              </Button>
              <SubmitButton>Save role</SubmitButton>
            </div>
          </Form>
        </Modal>
      )}
    </>
  );
}
