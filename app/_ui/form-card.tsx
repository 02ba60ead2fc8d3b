// Card with one form and its own submit button.
import type { ReactNode } from "react";
import type { FormAction } from "../_server/action";
import { Card } from "./card";
import { Form } from "./form";
import { SubmitButton } from "./submit-button";

type FormCardProps<Result> = {
  title: string;
  description?: ReactNode;
  action: FormAction<Result>;
  hidden: Record<string, string>;
  /** Viewers see the values but no button. */
  readOnly: boolean;
  submit?: string;
  success: string;
  children: ReactNode;
};

export function FormCard<Result>(props: FormCardProps<Result>) {
  const { title, description, readOnly, submit = "Save changes", children, ...rest } = props;
  return (
    <Card title={title} description={description}>
      <Form {...rest} aria-label={title}>
        <fieldset disabled={readOnly} className="grid min-w-0 gap-5">
          {children}
        </fieldset>
        {!readOnly && (
          <SubmitButton variant="secondary" className="mt-1 justify-self-start">
            {submit}
          </SubmitButton>
        )}
      </Form>
    </Card>
  );
}
