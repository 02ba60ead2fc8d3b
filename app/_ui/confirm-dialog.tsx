"use client";

// Button with a confirmation dialog that explains the consequences and then runs a Server Action.
import { useRouter } from "next/navigation";
import { type ComponentProps, type ReactNode, useState } from "react";
import type { FormAction } from "../_server/action";
import { Button } from "./button";
import { ConfirmWord } from "./confirm-word";
import { useFocusFallback } from "./focus-fallback";
import { Form } from "./form";
import { Modal } from "./modal";
import { SubmitButton } from "./submit-button";

type ConfirmDialogProps<Result> = {
  /** The content of the button that opens the dialog. */
  trigger: ReactNode;
  triggerProps?: Pick<ComponentProps<typeof Button>, "variant" | "size" | "className" | "aria-label">;
  title: string;
  /** The consequences of the action. */
  children: ReactNode;
  action: FormAction<Result>;
  hidden?: Record<string, string>;
  /** The label of the confirming button: "Revoke key". */
  confirm: string;
  confirmVariant?: "danger" | "primary";
  /** A word that the user must type first, for the most destructive actions. */
  word?: string;
  /** The toast after success. */
  success?: string;
  /** The page to open after success, when the current page shows what was deleted. */
  redirectTo?: string;
};

export function ConfirmDialog<Result>(props: ConfirmDialogProps<Result>) {
  const { trigger, triggerProps, title, children, action, hidden, confirm, confirmVariant = "danger", word } = props;
  const [open, setOpen] = useState(false);
  const router = useRouter();
  // The button that opened the dialog may disappear with what was deleted.
  const enableFocusFallback = useFocusFallback();
  const close = () => setOpen(false);

  function succeed() {
    enableFocusFallback();
    close();
    if (props.redirectTo) router.push(props.redirectTo);
  }

  return (
    <>
      <Button variant="secondary" aria-haspopup="dialog" {...triggerProps} onClick={() => setOpen(true)}>
        {trigger}
      </Button>
      {open && (
        <Modal title={title} description={children} onClose={close}>
          <Form action={action} hidden={hidden} success={props.success} onSuccess={succeed}>
            <ConfirmWord word={word}>
              {(ready) => (
                <div className="flex flex-wrap justify-end gap-3">
                  <Button variant="secondary" onClick={close}>
                    Cancel
                  </Button>
                  <SubmitButton variant={confirmVariant} disabled={!ready}>
                    {confirm}
                  </SubmitButton>
                </div>
              )}
            </ConfirmWord>
          </Form>
        </Modal>
      )}
    </>
  );
}
