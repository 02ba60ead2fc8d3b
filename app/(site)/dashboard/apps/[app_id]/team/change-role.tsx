"use client";

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
        aria-label={`Change the role of ${name}`}
        onClick={() => setOpen(true)}
      >
        Role
      </Button>
      {open && (
        <Modal title={`The role of ${name}`} description="It counts from their next click on." onClose={close}>
          <Form action={changeRoleAction} hidden={hidden} success="The role was changed" onSuccess={close}>
            <FormSelect label="Role" name="role" options={ROLE_OPTIONS} defaultValue={role} />
            <div className="flex justify-end gap-3">
              <Button variant="secondary" onClick={close}>
                Cancel
              </Button>
              <SubmitButton>Save</SubmitButton>
            </div>
          </Form>
        </Modal>
      )}
    </>
  );
}
