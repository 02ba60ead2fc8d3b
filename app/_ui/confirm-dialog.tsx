"use client";

// Asks before something is done that cannot be undone, says what it means, and then does it.
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
  /** On the button that opens it. */
  trigger: ReactNode;
  triggerProps?: Pick<ComponentProps<typeof Button>, "variant" | "size" | "className" | "aria-label">;
  title: string;
  /** What will happen. */
  children: ReactNode;
  action: FormAction<Result>;
  hidden?: Record<string, string>;
  /** What the button says that does it: "Revoke the key". */
  confirm: string;
  confirmVariant?: "danger" | "primary";
  /** To be typed first, for what is worst. */
  word?: string;
  /** Said when it worked. */
  success?: string;
  /** The page to go to when it worked, since this one is about what is gone. */
  redirectTo?: string;
};

export function ConfirmDialog<Result>(props: ConfirmDialogProps<Result>) {
  const { trigger, triggerProps, title, children, action, hidden, confirm, confirmVariant = "danger", word } = props;
  const [open, setOpen] = useState(false);
  const router = useRouter();
  // The button that opened it may go with what was deleted.
  const rescueFocus = useFocusFallback();
  const close = () => setOpen(false);

  function succeed() {
    rescueFocus();
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
