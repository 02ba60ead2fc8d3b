"use client";

// What the fields of a form learn from its last answer.
import { createContext, useContext } from "react";
import { type FormState, UNTOUCHED } from "../_server/form-state";

export const FormContext = createContext<FormState>(UNTOUCHED);

export function useFormState(): FormState {
  return useContext(FormContext);
}
