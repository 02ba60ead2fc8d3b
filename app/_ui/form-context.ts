"use client";

// Context that gives the fields of a form its last result: errors and submitted values.
import { createContext, useContext } from "react";
import { type FormState, UNTOUCHED } from "../_server/form-state";

export const FormContext = createContext<FormState>(UNTOUCHED);

export function useFormState(): FormState {
  return useContext(FormContext);
}
